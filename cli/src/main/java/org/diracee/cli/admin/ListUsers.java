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
import org.diracee.client.wire.RegistryUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the users of a VO. */
@Command(name = "list", description = "List the users of a VO.")
public final class ListUsers implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    public ListUsers(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<RegistryUser> users = new Administration(connection.client()).users(vo);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), users);
            return ExitCode.OK;
        }
        Table table = new Table("USER", "SUBJECT", "GROUPS", "SUSPENDED");
        users.forEach(user -> table.row(
                user.user(), user.subject(), String.join(", ", user.groups()), user.suspended() ? "yes" : ""));
        if (table.isEmpty()) {
            surroundings.say("No users.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
