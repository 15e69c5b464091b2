/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.List;
import java.util.OptionalDouble;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotStatus;

/**
 * What became of a queue's pilots in the last day.
 *
 * @param submissions what was sent, by hour and VO, the oldest first
 * @param ended how pilots ended, by VO and status
 */
public record QueueHistory(List<SubmissionCount> submissions, List<EndedPilots> ended) {

    /** Of a queue that is new, or of which nobody asked. */
    public static final QueueHistory NONE = new QueueHistory(List.of(), List.of());

    public QueueHistory {
        submissions = List.copyOf(submissions);
        ended = List.copyOf(ended);
    }

    /** Percent of the VO's pilots that were not aborted; empty if none ended. */
    public OptionalDouble efficiency(VoName vo) {
        long all = 0;
        long aborted = 0;
        for (EndedPilots some : ended) {
            if (some.vo().equals(vo)) {
                all += some.pilots();
                aborted += some.status() == PilotStatus.ABORTED ? some.pilots() : 0;
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (all - aborted) / all);
    }
}
