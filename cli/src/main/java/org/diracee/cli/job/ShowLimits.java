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
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobLimit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what one may submit and run. */
@Command(
        name = "limits",
        description = "Show how many jobs you, your group and your VO may have and submit, and how much of it is used.")
public final class ShowLimits implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ShowLimits(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<JobLimit> limits = new Jobs(connection.client()).limits();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), limits);
            return ExitCode.OK;
        }
        Table table = new Table("LIMIT", "OF", "NAME", "USED", "ALLOWED", "OPTION");
        limits.forEach(limit -> table.row(
                limit.limit(),
                limit.scope(),
                limit.name(),
                Long.toString(limit.used()),
                limit.allowed().map(String::valueOf).orElse(""),
                limit.option().orElse("")));
        if (table.isEmpty()) {
            surroundings.say("No limits.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
