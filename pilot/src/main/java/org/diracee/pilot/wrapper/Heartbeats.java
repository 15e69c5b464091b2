/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.function.Supplier;
import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.HeartbeatAnswer;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;

/**
 * Tells the server regularly that the job lives, and takes its orders: Kill, and a fresh token.
 *
 * <p>An order is handed out once. If an answer got lost, the next heartbeat that succeeds is followed by a look at the job's
 * state, so that a Kill cannot get lost with it.
 */
final class Heartbeats implements AutoCloseable {

    private static final String SCOPE = "Watchdog";
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Server server;
    private final JobToken token;
    private final Duration interval;
    private final Backoff backoff;
    private final PilotLog log;
    private final Supplier<Measurements> measure;
    private final Stop<StopCause> stop;
    private final Stop<Boolean> end = new Stop<>();
    private final Thread thread;

    Heartbeats(
            Server server,
            JobToken token,
            WrapperSettings settings,
            PilotLog log,
            Supplier<Measurements> measure,
            Stop<StopCause> stop) {
        this.server = server;
        this.token = token;
        this.interval = settings.heartbeat();
        this.backoff = settings.backoff();
        this.log = log;
        this.measure = measure;
        this.stop = stop;
        this.thread = new Thread(this::run, "heartbeats");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int failed = 0;
        Duration wait = interval;
        while (end.await(wait).isEmpty() && !stop.isRequested()) {
            String bearer = token.value();
            try {
                beat(bearer);
                if (failed > 0) {
                    obeyState();
                }
                failed = 0;
                wait = interval;
            } catch (ServerAway away) {
                failed++;
                wait = afterFailure(failed, String.valueOf(away.getMessage()));
            } catch (StaleAttempt stale) {
                disown("another attempt has taken over: " + stale.getMessage());
            } catch (ServerRefusal refusal) {
                if (!refusal.isUnauthenticated()) {
                    disown("the server refuses its heartbeats: " + refusal.detail());
                }
                token.refused(bearer);
                failed++;
                wait = afterFailure(failed, refusal.detail());
            }
        }
    }

    private void beat(String bearer) {
        HeartbeatAnswer answer = server.heartbeat(bearer, token.job(), measure.get());
        answer.freshToken().ifPresent(token::renew);
        if (answer.ordersKill()) {
            log.info(SCOPE, "job " + token.job() + ": the server orders Kill");
            stop.request(new StopCause.KilledByUser());
        }
    }

    private void obeyState() {
        JobStatus status = server.jobStatus(token.value(), token.job());
        if (status == JobStatus.KILLED || status == JobStatus.DELETED) {
            log.info(SCOPE, "job " + token.job() + " became " + status + " while the server was away");
            stop.request(new StopCause.KilledByUser());
        }
    }

    private Duration afterFailure(int failed, String reason) {
        if (failed == 1) {
            log.warn(SCOPE, "a heartbeat of job " + token.job() + " did not reach the server: " + reason);
        }
        Duration pause = backoff.pause(failed);
        return pause.compareTo(interval) < 0 ? pause : interval;
    }

    private void disown(String reason) {
        log.error(SCOPE, "job " + token.job() + " is dropped, " + reason);
        stop.request(new StopCause.Disowned(reason));
    }

    @Override
    public void close() {
        end.request(true);
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
