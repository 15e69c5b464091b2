/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.wrapper.JobNeeds;
import org.diracee.pilot.wrapper.JobOutcome;
import org.diracee.pilot.wrapper.JobShare;
import org.diracee.pilot.wrapper.StopCause;

/** The jobs that run in the slot, each in a thread of its own. */
final class RunningJobs {

    private final Room room;
    /** One of each run: the same job may run twice, if its second attempt came here before the first has ended. */
    private final List<Stop<StopCause>> running = new ArrayList<>();

    private Optional<StopCause> slotTaken = Optional.empty();
    private int hostFailures;
    private long lastEnd = System.nanoTime();
    private int ends;

    RunningJobs(Room room) {
        this.room = room;
    }

    /** Runs all jobs of an answer. */
    synchronized void start(List<MatchedJob> jobs, JobRun run) {
        List<Room.Taken> shares =
                room.take(jobs.stream().map(job -> JobNeeds.of(job.jdl())).toList());
        for (int i = 0; i < jobs.size(); i++) {
            start(jobs.get(i), shares.get(i), run);
        }
    }

    private void start(MatchedJob job, Room.Taken taken, JobRun run) {
        Stop<StopCause> stop = new Stop<>();
        slotTaken.ifPresent(stop::request);
        running.add(stop);
        Thread thread = new Thread(() -> run(job, taken, stop, run), "job-" + job.id());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(MatchedJob job, Room.Taken taken, Stop<StopCause> stop, JobRun run) {
        boolean hostFailed = true;
        try {
            hostFailed = run.run(job, taken.share(), stop) instanceof JobOutcome.HostFailure;
        } finally {
            ended(stop, taken, hostFailed);
        }
    }

    private synchronized void ended(Stop<StopCause> stop, Room.Taken taken, boolean hostFailed) {
        hostFailures = hostFailed ? hostFailures + 1 : 0;
        running.remove(stop);
        room.giveBack(taken);
        lastEnd = System.nanoTime();
        ends++;
        notifyAll();
    }

    /** Ends all jobs, also those that begin later. */
    synchronized void slotTaken(String reason) {
        StopCause cause = new StopCause.SlotTaken(reason);
        slotTaken = Optional.of(cause);
        running.forEach(stop -> stop.request(cause));
        notifyAll();
    }

    /** How many jobs in a row failed because of this host. */
    synchronized int hostFailures() {
        return hostFailures;
    }

    synchronized boolean isEmpty() {
        return running.isEmpty();
    }

    /** How long nothing has run. */
    synchronized Duration idle() {
        return running.isEmpty() ? Duration.ofNanos(System.nanoTime() - lastEnd) : Duration.ZERO;
    }

    /** Looks at what is free. */
    synchronized <T> T look(Function<Room, T> look) {
        return look.apply(room);
    }

    /** How many jobs have ended; tells {@link #await} from where to wait for another. */
    synchronized int ends() {
        return ends;
    }

    /** Waits until more jobs have ended than given, the site takes the slot, or the time is over. */
    synchronized void await(int endsSeen, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (ends == endsSeen && slotTaken.isEmpty() && System.nanoTime() < end) {
            waitFor(Duration.ofNanos(end - System.nanoTime()));
        }
    }

    /** Waits until no job runs. */
    synchronized void awaitAll() {
        while (!running.isEmpty() && !Thread.currentThread().isInterrupted()) {
            waitFor(Duration.ofMinutes(1));
        }
    }

    private void waitFor(Duration longest) {
        try {
            wait(Math.max(1, longest.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one job to its end. */
    interface JobRun {
        JobOutcome run(MatchedJob job, JobShare share, Stop<StopCause> stop);
    }
}
