/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.client.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a user out of a VO. */
@Command(
        name = "remove",
        description = "Take a user out of a VO and all its groups.",
        footer = {
            "",
            "No session can be prolonged any more; a token that is out ends by itself, 20 minutes later by default. To stop"
                    + " somebody at once, 'admin suspend' first. The name is free then: whoever gets it sees the old jobs as"
                    + " the own ones."
        })
public final class RemoveUser implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    public RemoveUser(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        return RegistryChange.told(
                surroundings, connection, new Administration(connection.client()).removeUser(name, vo, message));
    }
}
