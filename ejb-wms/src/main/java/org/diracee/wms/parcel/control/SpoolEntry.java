/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.wms.job.boundary.HeartBeat;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.pilot.boundary.PilotLogLine;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/** One thing that a pilot said in its spool, about itself or about the job of its parcel. */
public sealed interface SpoolEntry {

    /** Lines of its log. */
    record Log(long first, List<PilotLogLine> lines) implements SpoolEntry {
        public Log {
            lines = List.copyOf(lines);
        }
    }

    /** How it stands itself. */
    record News(Optional<PilotStatus> status, Optional<String> reason, boolean hasJob) implements SpoolEntry {

        /** Whether these are its last words of itself. */
        public boolean isEnd() {
            return status.filter(PilotStatus::isFinal).isPresent();
        }
    }

    record Status(Map<Instant, StatusReport> changes) implements SpoolEntry {
        public Status {
            changes = Map.copyOf(changes);
        }
    }

    record Beat(HeartBeat beat) implements SpoolEntry {}

    record Parameters(Map<String, String> values) implements SpoolEntry {
        public Parameters {
            values = Map.copyOf(values);
        }
    }

    /** It gives the job back. */
    record Reschedule() implements SpoolEntry {}

    /** An output sandbox lies beside the spool. */
    record Output(SandboxPfn pfn) implements SpoolEntry {}
}
