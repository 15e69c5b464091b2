/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Administration;
import org.diracee.client.wire.ClientRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the registered clients of one's VO. */
@Command(name = "list", description = "List the registered clients of your VO.")
public final class ListClients implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListClients(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<ClientRow> clients = new Administration(connection.client()).clients();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), clients);
            return ExitCode.OK;
        }
        Table table = new Table("CLIENT", "APPROVED", "USER", "GROUP", "GRANTS", "PROVES BY", "FOR USERS", "SESSIONS");
        clients.forEach(client -> table.row(
                client.clientId(),
                client.approved() ? "yes" : "no",
                Optional.ofNullable(client.user()).orElse(""),
                Optional.ofNullable(client.group()).orElse(""),
                String.join(", ", client.grants()),
                String.join(", ", client.authentication()),
                client.actsForUsers() ? "yes" : "",
                Long.toString(client.sessions())));
        if (table.isEmpty()) {
            surroundings.say("No registered clients.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
