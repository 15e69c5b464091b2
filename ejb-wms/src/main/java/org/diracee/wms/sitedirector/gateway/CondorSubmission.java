/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.PilotLaunch;

/** The submit description of several pilots, and what {@code condor_submit -terse} answers to it. */
final class CondorSubmission {

    /** The job attribute that holds the stamp. */
    static final String STAMP_ATTRIBUTE = "DiracStamp";

    /** The pilot's bootstrap script, in the directory of the pilot. */
    static final String SCRIPT = "dirac-pilot.sh";

    /** All jobs of a cluster share their executable, so this starts the script of each. */
    static final String STARTER = "dirac-pilot-start";

    static final String STARTER_TEXT = "#!/bin/sh\nexec /bin/sh ./" + SCRIPT + "\n";

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9}) - ([0-9]{1,18})\\.([0-9]{1,9})");

    private CondorSubmission() {}

    /** @param token the file by which a local schedd logs in at the computing element, if it is to */
    static String description(CeQueue queue, CondorSettings settings, List<PilotLaunch> pilots, Optional<Path> token) {
        Path directory = settings.directory(queue);
        List<String> lines = new ArrayList<>();
        if (settings.usesLocalSchedd(queue)) {
            lines.add("universe = grid");
            lines.add("grid_resource = condor " + settings.schedd(queue) + " " + settings.collector(queue));
            token.ifPresent(file -> {
                lines.add("use_scitokens = true");
                lines.add("scitokens_file = " + file);
            });
        } else {
            lines.add("universe = vanilla");
        }
        lines.add("executable = " + directory.resolve(STARTER));
        lines.add("initialdir = " + directory + "/$(stamp)");
        lines.add("transfer_input_files = " + SCRIPT + ", " + PilotBootstrap.SECRET);
        lines.add("transfer_output_files = \"\"");
        lines.add("output = stdout");
        lines.add("error = stderr");
        lines.add("should_transfer_files = YES");
        lines.add("when_to_transfer_output = ON_EXIT_OR_EVICT");
        lines.add("notification = Never");
        queue.processors().filter(number -> number > 0).ifPresent(number -> lines.add("request_cpus = " + number));
        queue.maxRam().ifPresent(megabytes -> lines.add("request_memory = " + megabytes));
        lines.add("+maxWallTime = " + (queue.cpuTime().toSeconds() + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE);
        lines.add("+" + STAMP_ATTRIBUTE + " = \"$(stamp)\"");
        lines.add("on_exit_hold = ExitCode =!= 0");
        lines.add("on_exit_hold_subcode = " + CondorJob.PILOT_FAILED);
        // a pilot logs in once, so one that comes back to the queue is of no use; what ended and nobody fetched is
        // forgotten
        lines.add("periodic_remove = (JobStatus == 1 && NumJobStarts > 0) || ((JobStatus == 4 || JobStatus == 5)"
                + " && time() - EnteredCurrentStatus > " + settings.daysToKeep(queue) * SECONDS_PER_DAY + ")");
        lines.addAll(settings.extraLines(queue));
        lines.add("queue stamp in ("
                + String.join(
                        " ", pilots.stream().map(pilot -> pilot.stamp().text()).toList())
                + ")");
        return String.join("\n", lines) + "\n";
    }

    /** The numbers of the jobs in the order of the queue statement; empty if the answer does not tell of so many. */
    static List<String> ids(String answer, int expected) {
        List<String> ids = new ArrayList<>();
        for (String line : answer.lines().map(String::strip).toList()) {
            Matcher range = RANGE.matcher(line);
            if (range.matches() && range.group(1).equals(range.group(3))) {
                int last = Integer.parseInt(range.group(4));
                for (int job = Integer.parseInt(range.group(2)); job <= last && ids.size() <= expected; job++) {
                    ids.add(range.group(1) + "." + job);
                }
            }
        }
        return ids.size() == expected ? ids : List.of();
    }
}
