/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.client.Administration;
import org.diracee.client.ApiError;
import org.diracee.client.Configurations;
import org.diracee.client.Logins;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.ConfigurationEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shuts a registered client out and takes it out of the registry. */
@Command(name = "delete", description = "Shut a registered client of your VO out, and take it out of the registry.")
public final class DeleteClient implements Callable<Integer> {

    private static final int NOT_FOUND = 404;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The client.")
    private String id = "";

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    public DeleteClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        Configurations configurations = new Configurations(connection.client());
        String vo = new Logins(connection.client()).userInfo().vo();
        String section = new ClientSection(configurations, vo, id)
                .found()
                .orElseThrow(() -> CommandFailure.refused("There is no client " + id + " in the VO " + vo + "."));
        endSessions();
        return RegistryChange.told(
                surroundings,
                connection,
                configurations.commit(
                        CommitConfiguration.ofEdits(message, List.of(ConfigurationEdit.remove(section))),
                        UUID.randomUUID().toString()));
    }

    /** One that is described wrongly is none to the server, and has no sessions. */
    private void endSessions() {
        try {
            new Administration(connection.client()).revokeClient(id);
        } catch (ApiError refused) {
            if (refused.status() != NOT_FOUND) {
                throw refused;
            }
        }
    }
}
