/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Administration;
import org.diracee.client.wire.RegistryUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one user of a VO. */
@Command(name = "show", description = "Show a user of a VO.")
public final class ShowUser implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name = "";

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    public ShowUser(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        RegistryUser user = new Administration(connection.client())
                .users(vo).stream()
                        .filter(candidate -> candidate.user().equals(name))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.refused("There is no user " + name + " in the VO."));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), user);
            return ExitCode.OK;
        }
        surroundings.out().println("User " + Printable.text(user.user()));
        fact("Subject", user.subject());
        user.email().ifPresent(email -> fact("Email", email));
        user.dns().forEach(dn -> fact("DN", dn));
        fact("Groups", String.join(", ", user.groups()));
        if (user.suspended()) {
            fact("Suspended", "by the registry");
        }
        return ExitCode.OK;
    }

    private void fact(String title, String value) {
        surroundings.out().println("  %-11s%s".formatted(title, Printable.text(value)));
    }
}
