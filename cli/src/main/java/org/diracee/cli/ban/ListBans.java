/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Bans;
import org.diracee.client.wire.BanRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what is banned. */
@Command(name = "bans", description = "List those that are banned, by whom and why.")
public final class ListBans implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ListBans(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        String kind = BanCommand.kind(spec);
        List<BanRecord> bans = new Bans(connection.client())
                .inForce().stream().filter(ban -> ban.kind().equals(kind)).toList();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), bans);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("NAME", "VO", "SINCE", "UNTIL", "BY", "REASON");
        bans.forEach(ban -> table.row(
                ban.name(),
                ban.vo().orElse("all"),
                times.text(ban.since()),
                ban.until().map(times::text).orElse(""),
                ban.author(),
                ban.reason()));
        if (table.isEmpty()) {
            surroundings.say("None is banned.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
