/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.PilotNews;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.SlotOffer;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.slot.TimeLeft;
import org.diracee.pilot.slot.WorkerNode;
import org.diracee.pilot.wrapper.JobOutcome;
import org.diracee.pilot.wrapper.JobWrapping;
import org.diracee.pilot.wrapper.StopCause;

/** Asks for jobs one after the other and runs them, until there is a reason to end. */
final class Pilot {

    private static final String SCOPE = "Pilot";
    private static final int MAX_HOST_FAILURES = 3;
    /** The server hands out no job that asks for less. */
    private static final Duration LEAST_CPU_TIME = Duration.ofSeconds(100);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

    private final PilotArguments arguments;
    private final Server server;
    private final PilotSession session;
    private final JobWrapping wrapping;
    private final PilotLog log;
    private final Clock clock;
    private final Stop<String> stop;
    private final TimeLeft timeLeft;
    private final Backoff backoff;
    private int jobs;
    private int hostFailures;
    private volatile Optional<Stop<StopCause>> currentJob = Optional.empty();

    Pilot(
            PilotArguments arguments,
            PilotSession session,
            JobWrapping wrapping,
            Clock clock,
            Stop<String> stop,
            TimeLeft timeLeft) {
        this.arguments = arguments;
        this.server = wrapping.server();
        this.session = session;
        this.wrapping = wrapping;
        this.log = wrapping.log();
        this.clock = clock;
        this.stop = stop;
        this.timeLeft = timeLeft;
        this.backoff = wrapping.settings().backoff();
    }

    /**
     * Runs jobs until the end.
     *
     * @return why it ended
     */
    PilotEnd run() {
        tell(PilotNews.running(hostFacts(), arguments.site().toString(), arguments.ce(), arguments.queue()));
        PilotEnd end = runJobs();
        String reason = "%s; jobs: %d".formatted(end.reason(), jobs);
        log.info(SCOPE, "ends: " + reason);
        tell(PilotNews.ended(end.isOrderly(), reason));
        return end;
    }

    /** Ends the job that is running, if there is one, because the site takes the slot. */
    void slotTaken(String reason) {
        stop.request(reason);
        currentJob.ifPresent(job -> job.request(new StopCause.SlotTaken(reason)));
    }

    private PilotEnd runJobs() {
        long idleSince = System.nanoTime();
        int misses = 0;
        while (true) {
            Optional<PilotEnd> end = reasonToEnd();
            if (end.isPresent()) {
                return end.get();
            }
            Matching matching = match();
            if (matching.end().isPresent()) {
                return matching.end().get();
            }
            if (matching.job().isPresent()) {
                run(matching.job().get());
                idleSince = System.nanoTime();
                misses = 0;
                continue;
            }
            misses++;
            Duration idle = Duration.ofNanos(System.nanoTime() - idleSince);
            Duration left = arguments.idleTimeout().minus(idle);
            if (left.isNegative() || left.isZero()) {
                return PilotEnd.orderly("no job for " + arguments.idleTimeout().toSeconds() + " s");
            }
            Duration pause = new Backoff(backoff.first(), LONGEST_POLL).pause(misses);
            stop.await(pause.compareTo(left) < 0 ? pause : left);
        }
    }

    private Optional<PilotEnd> reasonToEnd() {
        if (stop.isRequested()) {
            return stop.reason().map(PilotEnd::orderly);
        }
        if (arguments.maxJobs().isPresent() && jobs >= arguments.maxJobs().getAsInt()) {
            return Optional.of(PilotEnd.orderly("ran as many jobs as it was told to"));
        }
        if (hostFailures >= MAX_HOST_FAILURES) {
            return Optional.of(PilotEnd.failed(hostFailures + " jobs one after the other failed because of this host"));
        }
        if (timeLeft.forPayload().compareTo(LEAST_CPU_TIME) < 0) {
            return Optional.of(PilotEnd.orderly(
                    "the slot has only " + timeLeft.forPayload().toSeconds() + " s left for a job"));
        }
        return Optional.empty();
    }

    private Matching match() {
        long deadline = System.nanoTime() + arguments.serverTimeout().toNanos();
        for (int failed = 1; ; failed++) {
            try {
                List<MatchedJob> matched = server.match(session.token(), offer());
                return new Matching(matched.stream().findFirst(), Optional.empty());
            } catch (ServerAway away) {
                if (System.nanoTime() > deadline) {
                    return Matching.ended(PilotEnd.failed("the server was away for "
                            + arguments.serverTimeout().toSeconds() + " s: " + away.getMessage()));
                }
                if (failed == 1) {
                    log.warn(SCOPE, "cannot ask for a job: " + away.getMessage());
                }
            } catch (ServerRefusal | StaleAttempt refusal) {
                return Matching.ended(PilotEnd.failed("the server gives no jobs: " + refusal.getMessage()));
            }
            if (stop.await(backoff.pause(failed)).isPresent()) {
                return new Matching(Optional.empty(), stop.reason().map(PilotEnd::orderly));
            }
        }
    }

    private SlotOffer offer() {
        return new SlotOffer(
                arguments.site().toString(),
                arguments.ce(),
                arguments.platform().orElseGet(WorkerNode::platform),
                timeLeft.toOffer(),
                wrapping.slot().processors(),
                wrapping.slot().memoryMegabytes(),
                arguments.tags());
    }

    private void run(MatchedJob job) {
        jobs++;
        log.info(SCOPE, "got " + job);
        tell(PilotNews.took(job.id()));
        Stop<StopCause> jobStop = new Stop<>();
        currentJob = Optional.of(jobStop);
        stop.reason().ifPresent(reason -> jobStop.request(new StopCause.SlotTaken(reason)));
        JobOutcome outcome = wrapping.run(job, clock, session::token, jobStop, timeLeft.forPayload());
        currentJob = Optional.empty();
        hostFailures = outcome instanceof JobOutcome.HostFailure ? hostFailures + 1 : 0;
        log.info(SCOPE, "job " + job.id() + " ended here: " + outcome);
    }

    private void tell(PilotNews news) {
        tell(server, session, log, news);
    }

    /** What the server holds about a pilot is for people: it is told once, and its absence stops nothing. */
    static void tell(Server server, PilotSession session, PilotLog log, PilotNews news) {
        try {
            server.pilotNews(session.token(), news);
        } catch (ServerAway | ServerRefusal | StaleAttempt untold) {
            log.warn(SCOPE, "the server did not take news of this pilot: " + untold.getMessage());
        }
    }

    private String hostFacts() {
        return "on %s: %d processors, %d MB, %s"
                .formatted(
                        wrapping.slot().hostName(),
                        wrapping.slot().processors(),
                        wrapping.slot().memoryMegabytes(),
                        wrapping.slot().processorModel());
    }

    private record Matching(Optional<MatchedJob> job, Optional<PilotEnd> end) {
        static Matching ended(PilotEnd end) {
            return new Matching(Optional.empty(), Optional.of(end));
        }
    }
}
