/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Pilots;
import org.diracee.client.wire.PilotEfficiency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how the pilots of each computing element or site fare. */
@Command(name = "summary", description = "Tell how the pilots of each computing element fare.")
public final class SummarizePilots implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only at these sites.")
    private List<String> sites = List.of();

    @Option(names = "--ce", paramLabel = "CE", split = ",", description = "Only at these computing elements.")
    private List<String> computingElements = List.of();

    @Option(names = "--by-site", description = "Whole sites instead of single computing elements.")
    private boolean bySite;

    public SummarizePilots(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<PilotEfficiency> found = new Pilots(connection.client()).efficiency(sites, computingElements, bySite);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), found);
            return ExitCode.OK;
        }
        Table table = new Table(
                "SITE",
                "CE",
                "WAITING",
                "RUNNING",
                "DONE",
                "EMPTY",
                "FAILED",
                "ABORTED",
                "IN LAST HOUR",
                "TOTAL",
                "PILOTS PER JOB",
                "EFFICIENCY",
                "STATUS",
                "IN MASK");
        for (PilotEfficiency one : found) {
            table.row(List.of(
                    one.site(),
                    one.computingElement().orElse("all"),
                    Long.toString(count(one, "Submitted") + count(one, "Waiting")),
                    Long.toString(count(one, "Running") + count(one, "Unknown")),
                    Long.toString(count(one, "Done")),
                    Long.toString(one.doneEmpty()),
                    Long.toString(count(one, "Failed")),
                    Long.toString(count(one, "Aborted")),
                    Long.toString(one.abortedHour()),
                    Long.toString(one.total()),
                    String.format(Locale.ROOT, "%.2f", one.pilotsPerJob()),
                    String.format(Locale.ROOT, "%.1f %%", one.efficiency()),
                    one.status(),
                    one.inMask() ? "yes" : "no"));
        }
        if (table.isEmpty()) {
            surroundings.say("No pilots.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }

    private static long count(PilotEfficiency pilots, String status) {
        return pilots.counts().getOrDefault(status, 0L);
    }
}
