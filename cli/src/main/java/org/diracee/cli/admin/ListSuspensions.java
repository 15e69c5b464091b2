/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Administration;
import org.diracee.client.wire.SuspensionRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists who and what is suspended. */
@Command(name = "list", description = "List who and what is suspended, since when and why.")
public final class ListSuspensions implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListSuspensions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    /** How people call what is suspended. */
    static String what(SuspensionRecord suspension) {
        boolean isOfVo = !suspension.vo().isEmpty() && !suspension.kind().equals("vo");
        return suspension.kind() + " " + suspension.name() + (isOfVo ? " of the VO " + suspension.vo() : "");
    }

    @Override
    public Integer call() {
        List<SuspensionRecord> all = new Administration(connection.client()).suspensions();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), all);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("KIND", "NAME", "VO", "SINCE", "BY", "REASON");
        all.forEach(one ->
                table.row(one.kind(), one.name(), one.vo(), times.text(one.since()), one.author(), one.reason()));
        if (table.isEmpty()) {
            surroundings.say("Nobody is suspended.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
