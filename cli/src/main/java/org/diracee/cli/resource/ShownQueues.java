/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.QueueRecord;
import org.diracee.client.wire.SubmissionRecord;

/** A computing element and its queues as people read them. */
record ShownQueues(PrintWriter out, Times times) {

    void line(String name, String value) {
        out.printf("%-16s %s%n", name, Printable.text(value));
    }

    /** @param withSubmissions the queues of which the submissions are shown */
    void print(CeRecord ce, List<QueueRecord> withSubmissions) {
        Standing standing = new Standing(times);
        out.println();
        line("CE", ce.name() + " (" + ce.type() + ")");
        for (QueueRecord queue : ce.queues()) {
            line("Queue", queue.name());
            line("  State", standing.own(ce, queue));
            queue.cpuTime().ifPresent(seconds -> line("  CPU time", seconds + " s"));
            queue.maxTotalJobs()
                    .ifPresent(most -> line(
                            "  Limits",
                            most + " pilots, " + queue.maxWaitingJobs().orElse(0) + " waiting"));
            queue.processors().ifPresent(number -> line("  Processors", number.toString()));
            queue.maxRam().ifPresent(megabytes -> line("  Memory", megabytes + " MB"));
            queue.platform().ifPresent(platform -> line("  Platform", platform));
            list("  Tags", queue.tags());
            list("  Required tags", queue.requiredTags());
            list("  VOs", queue.vos());
            line("  Last round", standing.time(queue.lastRound()));
            queue.freePlaces().ifPresent(places -> line("  Free places", places.toString()));
            line("  Last submission", standing.time(queue.lastSubmission()));
            if (queue.failures() == 0) {
                queue.failed()
                        .ifPresent(at -> line(
                                "  Last failure",
                                times.text(at)
                                        + queue.failure().map(why -> ": " + why).orElse("")));
            }
            line("  Pilots", pilots(queue));
            queue.efficiency()
                    .ifPresent(percent -> line("  Efficiency", String.format(Locale.ROOT, "%.1f %%", percent)));
            if (withSubmissions.contains(queue)) {
                submissions(queue.submissions());
            }
        }
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            line(name, String.join(", ", values));
        }
    }

    private static String pilots(QueueRecord queue) {
        String counts = new TreeMap<>(queue.pilots())
                .entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
        return counts.isEmpty()
                ? "none"
                : counts + (queue.doneEmpty() > 0 ? "; " + queue.doneEmpty() + " done without a job" : "");
    }

    private void submissions(List<SubmissionRecord> submissions) {
        Table table = new Table("  HOUR", "VO", "TRIED", "ACCEPTED", "REFUSED", "UNDECIDED");
        submissions.forEach(one -> table.row(
                "  " + times.text(one.hour()),
                one.vo(),
                Long.toString(one.tried()),
                Long.toString(one.accepted()),
                Long.toString(one.refused()),
                Long.toString(one.undecided())));
        if (!table.isEmpty()) {
            table.print(out, true);
        }
    }
}
