/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.inner.InnerCe;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.process.EndedChildren;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.Session;
import org.diracee.pilot.slot.WorkerNode;

/** What all job wrappers of a pilot have in common. */
public record JobWrapping(
        Server server,
        PilotLog log,
        WrapperSettings settings,
        SlotFacts slot,
        WorkerNode node,
        Session session,
        SearchPath path,
        InnerCe innerCe,
        EndedChildren endedChildren,
        Path workDirectory) {

    /**
     * Runs one job to its end.
     *
     * @param pilotToken stands in for the job's token once that has expired
     * @param stop ends the job when it is requested
     * @param timeLeft what the slot has left for a payload
     * @param share what of the slot it may use
     */
    public JobOutcome run(
            MatchedJob job,
            Clock clock,
            Supplier<String> pilotToken,
            Stop<StopCause> stop,
            Duration timeLeft,
            JobShare share) {
        return new JobWrapper(job, this, clock, pilotToken, stop, timeLeft, share).run();
    }
}
