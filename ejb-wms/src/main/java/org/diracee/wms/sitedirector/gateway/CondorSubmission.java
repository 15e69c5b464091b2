/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.PilotLaunch;

/**
 * The submit description of several pilots, all jobs of one cluster, and what {@code condor_submit -terse} answers to it.
 *
 * @see "HTCondor manual: condor_submit, Submit Description File Commands"
 */
final class CondorSubmission {

    /** The job attribute that holds the stamp. */
    static final String STAMP_ATTRIBUTE = "DiracStamp";

    /** The pilot's bootstrap script, in the directory of the pilot. */
    static final String SCRIPT = "dirac-pilot.sh";

    /** The jobs of a cluster share their executable, which here starts the script that came along. */
    static final String STARTER = "dirac-pilot-start";

    static final String STARTER_TEXT = "#!/bin/sh\nexec /bin/sh ./" + SCRIPT + "\n";

    /** The variable of the queue statement, of which each job has a value of its own. */
    private static final String STAMP = "$(stamp)";

    /** JobStatus of the manual's appendix of job attributes. */
    private static final int IDLE = 1;

    private static final int COMPLETED = 4;
    private static final int HELD = 5;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.(\\d{1,9}) - \\1\\.(\\d{1,9})");

    private final CeQueue queue;
    private final CondorSettings settings;
    private final Map<String, String> commands = new LinkedHashMap<>();

    private CondorSubmission(CeQueue queue, CondorSettings settings) {
        this.queue = queue;
        this.settings = settings;
    }

    /** @param token the file by which a local schedd logs in at the computing element, if it is to */
    static String description(CeQueue queue, CondorSettings settings, List<PilotLaunch> pilots, Optional<Path> token) {
        CondorSubmission submission = new CondorSubmission(queue, settings);
        submission.describeRoute(token);
        submission.describeFiles();
        submission.describeNeeds();
        submission.describeEnd();
        Stream<String> own =
                submission.commands.entrySet().stream().map(each -> each.getKey() + " = " + each.getValue());
        String stamps = pilots.stream().map(pilot -> pilot.stamp().text()).collect(Collectors.joining(" "));
        // whatever an administrator adds comes later, so that it counts
        return Stream.of(own, settings.extraLines(queue).stream(), Stream.of("queue stamp in (" + stamps + ")"))
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** Straight into the queue of the CE's schedd, or by a schedd of ours that hands the job on to it (HTCondor-C). */
    private void describeRoute(Optional<Path> token) {
        if (!settings.usesLocalSchedd(queue)) {
            commands.put("universe", "vanilla");
            return;
        }
        commands.put("universe", "grid");
        commands.put("grid_resource", "condor " + settings.schedd(queue) + " " + settings.collector(queue));
        token.ifPresent(file -> {
            commands.put("use_scitokens", "true");
            commands.put("scitokens_file", file.toString());
        });
    }

    /** What relative names mean is the pilot's own directory; nothing but the two streams comes back. */
    private void describeFiles() {
        Path directory = settings.directory(queue);
        commands.put("initialdir", directory + "/" + STAMP);
        commands.put("executable", directory.resolve(STARTER).toString());
        commands.put("should_transfer_files", "YES");
        commands.put("transfer_input_files", String.join(",", SCRIPT, PilotBootstrap.SECRET));
        commands.put("transfer_output_files", "\"\"");
        commands.put("when_to_transfer_output", "ON_EXIT");
        commands.put("output", "stdout");
        commands.put("error", "stderr");
    }

    private void describeNeeds() {
        queue.processors().filter(number -> number > 0).ifPresent(number -> commands.put("request_cpus", "" + number));
        queue.maxRam().ifPresent(megabytes -> commands.put("request_memory", "" + megabytes));
        long minutes =
                queue.cpuTime().plus(Duration.ofMinutes(1)).minusSeconds(1).toMinutes();
        commands.put("+maxWallTime", "" + minutes);
        commands.put("+" + STAMP_ATTRIBUTE, "\"" + STAMP + "\"");
    }

    /**
     * A pilot that failed is held, so that its exit code and what it wrote can still be asked for. One that comes back to the queue is of
     * no use, as its secret is spent; one that ended and that nobody fetched is forgotten some day.
     */
    private void describeEnd() {
        commands.put("notification", "Never");
        commands.put("on_exit_hold", "ExitCode =!= 0");
        commands.put("on_exit_hold_subcode", "" + CondorJob.PILOT_FAILED);
        String started = "JobStatus == " + IDLE + " && NumJobStarts > 0";
        String over = "JobStatus == " + COMPLETED + " || JobStatus == " + HELD;
        long kept = Duration.ofDays(settings.daysToKeep(queue)).toSeconds();
        commands.put(
                "periodic_remove",
                "(" + started + ") || ((" + over + ") && EnteredCurrentStatus + " + kept + " < time())");
    }

    /** The numbers of the jobs in the order of the queue statement; empty if the answer does not tell of so many. */
    static List<String> ids(String answer, int expected) {
        List<String> ids = new ArrayList<>();
        for (String line : answer.lines().map(String::strip).toList()) {
            Matcher range = RANGE.matcher(line);
            if (range.matches()) {
                // no more than would show that there are too many
                IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                        .limit(expected + 1L)
                        .forEach(process -> ids.add(range.group(1) + "." + process));
            }
        }
        return ids.size() == expected ? ids : List.of();
    }
}
