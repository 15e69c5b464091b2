/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.client.Administration;
import org.diracee.client.wire.AddUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a user in a VO. */
@Command(name = "add", description = "Register a user in a VO; it can log in at once.")
public final class AddRegisteredUser implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "SUBJECT",
            description = "What the log-in calls the user; the name unless given.")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The user's address.")
    private Optional<String> email = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "A group to be in; repeatable.")
    private List<String> groups = List.of();

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    public AddRegisteredUser(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        return RegistryChange.told(
                surroundings,
                connection,
                new Administration(connection.client()).add(new AddUser(vo, name, subject, email, groups, message)));
    }
}
