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
import org.diracee.client.wire.ChangeMembership;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a user into a group, or takes one out. */
abstract class ChangeMember implements Callable<Integer> {

    private final Surroundings surroundings;
    private final boolean member;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
    private String group = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    /** @param member whether the user is a member afterwards */
    ChangeMember(Surroundings surroundings, boolean member) {
        this.surroundings = surroundings;
        this.member = member;
        this.connection = new Connection(surroundings);
    }

    @Override
    public final Integer call() {
        return RegistryChange.told(
                surroundings,
                connection,
                new Administration(connection.client()).change(group, new ChangeMembership(vo, user, member, message)));
    }
}
