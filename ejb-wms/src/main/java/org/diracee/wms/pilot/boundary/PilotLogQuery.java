/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;

/**
 * Which lines of pilots' logs are wanted.
 *
 * @param pilots lines of these; none: of all
 * @param jobs lines of the pilots that were handed one of these jobs; none: of all
 * @param text is part of the message, in whatever case
 * @param since when they came at the earliest
 * @param after the sequence of the last line that is known
 * @param limit 1 to {@value PilotLogging#MAX_FOUND}
 */
public record PilotLogQuery(
        List<PilotStamp> pilots,
        List<JobId> jobs,
        Optional<String> text,
        Optional<Instant> since,
        long after,
        int limit) {

    public PilotLogQuery {
        pilots = List.copyOf(pilots);
        jobs = List.copyOf(jobs);
    }

    /** Whether it is about some pilots alone, whose lines an index finds. */
    boolean isNarrow() {
        return !pilots.isEmpty() || !jobs.isEmpty();
    }
}
