/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Operations;
import org.diracee.client.wire.OperationRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists one's own operations. */
@Command(name = "list", description = "List your operations of the last days, the newest first.")
public final class ListOperations implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit;

    public ListOperations(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<OperationRecord> found =
                new Operations(connection.client()).list(limit).operations();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), found);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("OPERATION", "ACTION", "STATE", "DONE", "FAILED", "TOTAL", "BEGUN");
        found.forEach(one -> table.row(
                Long.toString(one.id()),
                one.action(),
                one.state(),
                Long.toString(one.done()),
                Long.toString(one.failed()),
                one.total().map(String::valueOf).orElse(""),
                times.text(one.created())));
        if (table.isEmpty()) {
            surroundings.say("No operations.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
