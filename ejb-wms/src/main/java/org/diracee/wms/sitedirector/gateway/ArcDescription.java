/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.List;
import java.util.stream.Collectors;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.sitedirector.control.CeQueue;

/**
 * What an ARC computing element is told of pilots, in xRSL.
 *
 * @param queue as A-REX calls it
 * @param more attributes as they stand in the configuration
 * @see "ARC: Extended Resource Specification Language reference"
 */
record ArcDescription(CeQueue slot, String queue, String more) {

    static final String SCRIPT = "dirac-pilot.sh";
    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    private static final int SECONDS_PER_MINUTE = 60;
    private static final String NAME = "dirac-";

    /** What the job of a pilot is called, by which it is found again. */
    static String jobName(PilotStamp stamp) {
        return NAME + stamp;
    }

    /** Of all at once; A-REX answers in this order. */
    String of(List<PilotStamp> pilots) {
        List<String> each = pilots.stream().map(this::of).toList();
        return each.size() == 1
                ? each.get(0)
                : "+" + each.stream().map(one -> "(" + one + ")").collect(Collectors.joining());
    }

    private String of(PilotStamp stamp) {
        long minutes = (slot.cpuTime().toSeconds() + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE;
        int processors = Math.max(1, slot.processors().orElse(1));
        StringBuilder text = new StringBuilder("&");
        attribute(text, "executable", SCRIPT);
        attribute(text, "jobname", jobName(stamp));
        attribute(text, "stdout", STDOUT);
        attribute(text, "stderr", STDERR);
        // files without a source are those that we bring
        text.append("(inputFiles=(\"" + SCRIPT + "\" \"\")(\"" + PilotBootstrap.SECRET + "\" \"\"))");
        // what is not named here is removed when the job is over
        text.append("(outputFiles=(\"" + STDOUT + "\" \"\")(\"" + STDERR + "\" \"\"))");
        attribute(text, "queue", queue);
        attribute(text, "walltime", minutes + " minutes");
        attribute(text, "cputime", minutes * processors + " minutes");
        if (processors > 1) {
            attribute(text, "count", processors);
            attribute(text, "countpernode", processors);
        }
        slot.maxRam().ifPresent(megabytes -> attribute(text, "memory", Math.max(1, megabytes / processors)));
        return text.append(more).toString();
    }

    private static void attribute(StringBuilder text, String name, Object value) {
        text.append('(')
                .append(name)
                .append("=\"")
                .append(value.toString().replace("\"", "\"\""))
                .append("\")");
    }
}
