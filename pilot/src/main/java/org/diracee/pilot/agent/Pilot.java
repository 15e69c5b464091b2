/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.diracee.pilot.slot.Gpus;
import org.diracee.pilot.slot.TimeLeft;
import org.diracee.pilot.slot.WorkerNode;
import org.diracee.pilot.wrapper.JobOutcome;
import org.diracee.pilot.wrapper.JobShare;
import org.diracee.pilot.wrapper.JobWrapping;
import org.diracee.pilot.wrapper.StopCause;

/** Asks for jobs and runs them beside each other, as many as the slot has room for, until there is a reason to end. */
final class Pilot {

    private static final String SCOPE = "Pilot";
    private static final String WHOLE_NODE = "WholeNode";
    private static final int MAX_HOST_FAILURES = 3;
    /** The server hands out no job that asks for less. */
    static final Duration LEAST_CPU_TIME = Duration.ofSeconds(100);

    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);
    /** While jobs run, there is no hurry to fill what else is free. */
    private static final Duration LONGEST_FILLING_POLL = Duration.ofMinutes(1);

    private final PilotArguments arguments;
    private final Server server;
    private final PilotSession session;
    private final JobWrapping wrapping;
    private final PilotLog log;
    private final Clock clock;
    private final Stop<String> stop;
    private final TimeLeft timeLeft;
    private final Backoff backoff;
    private final RunningJobs running;
    private int jobs;
    /** The only owner whose jobs may run here from now on. */
    private Optional<String> owner = Optional.empty();

    Pilot(
            PilotArguments arguments,
            PilotSession session,
            JobWrapping wrapping,
            Room room,
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
        this.running = new RunningJobs(room);
    }

    /**
     * Runs jobs until the end.
     *
     * @return why it ended
     */
    PilotEnd run() {
        tell(PilotNews.running(hostFacts(), arguments.site().toString(), arguments.ce(), arguments.queue()));
        PilotEnd end = runJobs();
        running.awaitAll();
        PilotEnd last = end.isOrderly() ? stop.reason().map(PilotEnd::orderly).orElse(end) : end;
        String reason = "%s; jobs: %d".formatted(last.reason(), jobs);
        log.info(SCOPE, "ends: " + reason);
        tell(PilotNews.ended(last.isOrderly(), reason));
        return last;
    }

    /** Ends the jobs that are running, if there are some, because the site takes the slot. */
    void slotTaken(String reason) {
        stop.request(reason);
        running.slotTaken(reason);
    }

    private PilotEnd runJobs() {
        int misses = 0;
        while (true) {
            Optional<PilotEnd> end = reasonToEnd();
            if (end.isPresent()) {
                return end.get();
            }
            int ends = running.ends();
            if (running.look(this::isTaken)) {
                running.await(ends, LONGEST_FILLING_POLL);
                continue;
            }
            Matching matching = match();
            if (matching.end().isPresent()) {
                return matching.end().get();
            }
            if (!matching.jobs().isEmpty()) {
                start(matching.jobs());
                misses = 0;
                continue;
            }
            misses++;
            if (running.isEmpty() && running.idle().compareTo(arguments.idleTimeout()) >= 0) {
                return PilotEnd.orderly("no job%s for %d s"
                        .formatted(
                                owner.map(name -> " of " + name).orElse(""),
                                arguments.idleTimeout().toSeconds()));
            }
            running.await(ends, pause(misses));
        }
    }

    /** Whether no job could come beside those that run. */
    private boolean isTaken(Room room) {
        return room.processors() == 0 || !room.isEmpty() && !tags(room).containsAll(arguments.requiredTags());
    }

    private Duration pause(int misses) {
        if (!running.isEmpty()) {
            return new Backoff(backoff.first(), LONGEST_FILLING_POLL).pause(misses);
        }
        Duration pause = new Backoff(backoff.first(), LONGEST_POLL).pause(misses);
        Duration left = arguments.idleTimeout().minus(running.idle());
        return pause.compareTo(left) < 0 ? pause : left;
    }

    private Optional<PilotEnd> reasonToEnd() {
        if (stop.isRequested()) {
            return stop.reason().map(PilotEnd::orderly);
        }
        if (arguments.maxJobs().isPresent() && jobs >= arguments.maxJobs().getAsInt()) {
            return Optional.of(PilotEnd.orderly("ran as many jobs as it was told to"));
        }
        if (running.hostFailures() >= MAX_HOST_FAILURES) {
            return Optional.of(
                    PilotEnd.failed(running.hostFailures() + " jobs one after the other failed because of this host"));
        }
        if (timeLeft.forPayload().compareTo(LEAST_CPU_TIME) < 0) {
            return Optional.of(PilotEnd.orderly(
                    "the slot has only " + timeLeft.forPayload().toSeconds() + " s left for a job"));
        }
        return Optional.empty();
    }

    private Matching match() {
        long begin = System.nanoTime();
        for (int failed = 1; ; failed++) {
            int ends = running.ends();
            try {
                return new Matching(server.match(session.token(), offer()), Optional.empty());
            } catch (ServerAway away) {
                if (!running.isEmpty()) {
                    // they go on without the server, and so do we
                    begin = System.nanoTime();
                }
                if (System.nanoTime() - begin > arguments.serverTimeout().toNanos()) {
                    return Matching.ended(PilotEnd.failed("the server was away for "
                            + arguments.serverTimeout().toSeconds() + " s: " + away.getMessage()));
                }
                if (failed == 1) {
                    log.warn(SCOPE, "cannot ask for a job: " + away.getMessage());
                }
            } catch (ServerRefusal | StaleAttempt refusal) {
                return Matching.ended(PilotEnd.failed("the server gives no jobs: " + refusal.getMessage()));
            }
            running.await(ends, backoff.pause(failed));
            if (stop.isRequested()) {
                return new Matching(List.of(), stop.reason().map(PilotEnd::orderly));
            }
        }
    }

    private SlotOffer offer() {
        return running.look(room -> new SlotOffer(
                arguments.site().toString(),
                arguments.ce(),
                arguments.platform().orElseGet(WorkerNode::platform),
                timeLeft.toOffer(),
                room.processors(),
                room.megabytes(),
                tags(room),
                arguments.requiredTags(),
                jobsWanted(room),
                owner));
    }

    private List<String> tags(Room room) {
        return Stream.concat(arguments.tags().stream(), wrapping.slot().gpus().tags().stream())
                .distinct()
                .filter(tag -> room.isEmpty() || !tag.equals(WHOLE_NODE))
                .filter(tag -> room.hasGpu() || !Gpus.isTag(tag))
                .filter(room::has)
                .toList();
    }

    private int jobsWanted(Room room) {
        // whose job comes first decides whose may follow; each of an answer might count on the same graphics processors
        boolean one =
                (isForOneOwner() && owner.isEmpty()) || tags(room).stream().anyMatch(Gpus::isTag);
        int wanted = one ? 1 : room.jobs();
        return arguments.maxJobs().isPresent()
                ? Math.min(wanted, arguments.maxJobs().getAsInt() - jobs)
                : wanted;
    }

    private boolean isForOneOwner() {
        return !wrapping.innerCe().isIsolated() && !arguments.anyOwner();
    }

    private void start(List<MatchedJob> matched) {
        jobs += matched.size();
        if (isForOneOwner()) {
            owner = matched.stream().map(MatchedJob::owner).findFirst();
        }
        matched.forEach(job -> log.info(SCOPE, "got " + job));
        running.start(matched, this::run);
        // afterwards, for it may wait for the server
        matched.forEach(job -> tell(PilotNews.took(job.id())));
    }

    private JobOutcome run(MatchedJob job, JobShare share, Stop<StopCause> jobStop) {
        JobOutcome outcome = wrapping.run(job, clock, session::token, jobStop, timeLeft.forPayload(), share);
        log.info(SCOPE, "job " + job.id() + " ended here: " + outcome.text());
        return outcome;
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

    private record Matching(List<MatchedJob> jobs, Optional<PilotEnd> end) {
        static Matching ended(PilotEnd end) {
            return new Matching(List.of(), Optional.of(end));
        }
    }
}
