/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobLogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows through which states a job went. */
@Command(name = "log", description = "Show through which states a job went, and who said so.")
public final class ShowLog implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id = "";

    public ShowLog(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<JobLogEntry> log = new Jobs(connection.client()).log(SingleJob.parse(id));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), log);
        } else {
            table(log, new Times(surroundings.clock().getZone(), surroundings.terminal()))
                    .print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }

    static Table table(List<JobLogEntry> log, Times times) {
        Table table = new Table("TIME", "STATUS", "MINOR STATUS", "APPLICATION STATUS", "SOURCE");
        log.forEach(entry -> table.row(
                times.text(entry.statusTime()),
                entry.status(),
                entry.minorStatus(),
                entry.applicationStatus(),
                entry.source()));
        return table;
    }
}
