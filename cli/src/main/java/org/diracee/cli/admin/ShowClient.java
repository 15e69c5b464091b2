/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Administration;
import org.diracee.client.wire.ClientRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one registered client of one's VO. */
@Command(name = "show", description = "Show a registered client of your VO.")
public final class ShowClient implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The client.")
    private String id = "";

    public ShowClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        ClientRow client = new Administration(connection.client()).client(id);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), client);
            return ExitCode.OK;
        }
        surroundings.out().println("Client " + Printable.text(client.clientId()));
        fact("VO", client.vo());
        fact("Approved", client.approved() ? "yes" : "no");
        fact("User", client.user());
        fact("Group", client.group());
        fact("Grants", String.join(", ", client.grants()));
        fact("Proves by", String.join(", ", client.authentication()));
        fact("For users", client.actsForUsers() ? "yes" : "no");
        fact("Scopes", String.join(", ", client.scopes()));
        fact("Audiences", String.join(", ", client.audiences()));
        fact("Sessions", Long.toString(client.sessions()));
        return ExitCode.OK;
    }

    private void fact(String title, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            surroundings.out().println("  %-11s%s".formatted(title, Printable.text(value)));
        }
    }
}
