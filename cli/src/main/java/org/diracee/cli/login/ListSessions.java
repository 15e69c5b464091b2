/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.wire.SessionRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists sessions. */
@Command(name = "list", description = "List your sessions, the oldest first.")
public final class ListSessions implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--all-users", description = "Those of all users of your VO; needs the property ProxyManagement.")
    private boolean allUsers;

    public ListSessions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<SessionRow> rows = VisibleSessions.of(connection.client(), allUsers);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), rows);
            return ExitCode.OK;
        }
        if (rows.isEmpty()) {
            surroundings.say("No sessions.");
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("SESSION", "USER", "LAST REFRESHED", "SCOPE");
        rows.forEach(row -> table.row(
                row.jti(),
                row.sub(),
                VisibleSessions.refreshed(row).map(times::text).orElse(""),
                row.scope()));
        table.print(surroundings.out(), surroundings.terminal());
        return ExitCode.OK;
    }
}
