/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.control.StatusChange;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;

/**
 * All that a wrapper has to say of its job: kept in order with the time of the fact, sent by a thread of its own, and kept until
 * the server has taken it. Parameters go before the states that follow them, so that a final state finds its reasons there.
 */
final class JobReport {

    private static final int MAX_APPLICATION_STATUS = 255;
    private static final String SCOPE = "JobReport";

    private final Server server;
    private final JobToken token;
    private final Clock clock;
    private final Backoff backoff;
    private final PilotLog log;
    private final Stop<StopCause> stop;
    private final Thread sender;

    private final SortedMap<Instant, StatusChange> changes = new TreeMap<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private Instant last = Instant.EPOCH;
    private boolean finished;
    private boolean abandoned;

    JobReport(Server server, JobToken token, Clock clock, Backoff backoff, PilotLog log, Stop<StopCause> stop) {
        this.server = server;
        this.token = token;
        this.clock = clock;
        this.backoff = backoff;
        this.log = log;
        this.stop = stop;
        this.sender = new Thread(this::sendAll, "job-report");
        sender.setDaemon(true);
        sender.start();
    }

    void status(JobStatus status, MinorStatus minorStatus) {
        status(status, minorStatus, Optional.empty());
    }

    void status(JobStatus status, MinorStatus minorStatus, String applicationStatus) {
        status(status, minorStatus, Optional.of(applicationStatus));
    }

    private synchronized void status(JobStatus status, MinorStatus minorStatus, Optional<String> applicationStatus) {
        Instant now = clock.instant();
        // two states of one moment would be one key
        Instant at = now.isAfter(last) ? now : last.plusNanos(1000);
        last = at;
        changes.put(
                at,
                new StatusChange(
                        status,
                        minorStatus.text(),
                        applicationStatus.map(text -> Texts.shortened(text, MAX_APPLICATION_STATUS))));
        log.info(
                SCOPE,
                "job " + token.job() + ": " + status + " / " + minorStatus
                        + applicationStatus.map(text -> " (" + text + ")").orElse(""));
        notifyAll();
    }

    synchronized void parameter(String name, Object value) {
        parameters.put(name, value);
        notifyAll();
    }

    /**
     * Returns once all is with the server, or there is no sense in trying any longer.
     *
     * @return whether the server has all
     */
    boolean finish(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (this) {
            finished = true;
            notifyAll();
            while (!isEmpty() && !abandoned && System.nanoTime() < end) {
                waitFor(Duration.ofNanos(end - System.nanoTime()));
            }
            boolean complete = isEmpty() && !abandoned;
            abandoned = true;
            notifyAll();
            return complete;
        }
    }

    /** Waits until all that was reported so far is with the server; false if that took too long. */
    synchronized boolean flush(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!isEmpty() && !abandoned && System.nanoTime() < end) {
            waitFor(Duration.ofNanos(end - System.nanoTime()));
        }
        return isEmpty();
    }

    private void sendAll() {
        int failed = 0;
        while (true) {
            Batch batch = next();
            if (batch.isEmpty()) {
                return;
            }
            String bearer = token.value();
            try {
                send(batch, bearer);
                if (failed > 0) {
                    log.info(SCOPE, "the server is back, reports of job " + token.job() + " go on");
                }
                failed = 0;
            } catch (ServerAway away) {
                failed++;
                waitForServer(failed, String.valueOf(away.getMessage()));
            } catch (StaleAttempt stale) {
                abandon("another attempt has taken over: " + stale.getMessage());
            } catch (ServerRefusal refusal) {
                if (refusal.isUnauthenticated()) {
                    token.refused(bearer);
                    failed++;
                    waitForServer(failed, refusal.detail());
                } else {
                    abandon("the server refuses its reports: " + refusal.detail());
                }
            }
        }
    }

    private void waitForServer(int failed, String reason) {
        if (failed == 1) {
            log.warn(SCOPE, "reports of job " + token.job() + " wait for the server: " + reason);
        }
        backoff.await(failed);
    }

    private void send(Batch batch, String bearer) {
        if (!batch.parameters.isEmpty()) {
            sendParameters(batch.parameters, bearer);
            synchronized (this) {
                // a newer value of the same name stays to be sent
                batch.parameters.forEach(parameters::remove);
                notifyAll();
            }
        }
        if (!batch.changes.isEmpty()) {
            server.status(bearer, token.job(), batch.changes);
            synchronized (this) {
                batch.changes.keySet().forEach(changes::remove);
                notifyAll();
            }
        }
    }

    /** Parameters tell about a job, states decide over it: a refused parameter must not cost the job. */
    private void sendParameters(Map<String, Object> values, String bearer) {
        try {
            server.parameters(bearer, token.job(), values);
        } catch (ServerRefusal refusal) {
            if (refusal.isUnauthenticated()) {
                throw refusal;
            }
            log.error(SCOPE, "the server refuses parameters of job " + token.job() + ": " + refusal.detail());
        }
    }

    private synchronized void abandon(String reason) {
        log.error(SCOPE, "job " + token.job() + " is dropped, " + reason);
        abandoned = true;
        stop.request(new StopCause.Disowned(reason));
        notifyAll();
    }

    /** Returns what is to be sent; nothing if that is all there will be. */
    private synchronized Batch next() {
        while (isEmpty() && !finished && !abandoned) {
            waitFor(Duration.ofMinutes(1));
        }
        return abandoned
                ? new Batch(new TreeMap<>(), Map.of())
                : new Batch(new TreeMap<>(changes), new LinkedHashMap<>(parameters));
    }

    private boolean isEmpty() {
        return changes.isEmpty() && parameters.isEmpty();
    }

    private synchronized void waitFor(Duration longest) {
        try {
            wait(Math.max(1, longest.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abandoned = true;
        }
    }

    private record Batch(SortedMap<Instant, StatusChange> changes, Map<String, Object> parameters) {
        boolean isEmpty() {
            return changes.isEmpty() && parameters.isEmpty();
        }
    }
}
