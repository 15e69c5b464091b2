/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.Logins;
import org.diracee.client.wire.SessionRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends sessions at the server. */
@Command(
        name = "revoke",
        description = "End sessions. What they hold works on for some minutes, until it has to be refreshed.")
public final class RevokeSessions implements Callable<Integer> {

    private static final int NOT_FOUND = 404;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Sessions as 'sessions list' names them.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All your sessions, this one too.")
    private boolean all;

    @Option(
            names = "--all-users",
            description = "With --all: those of all users of your VO; needs the property ProxyManagement.")
    private boolean allUsers;

    public RevokeSessions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (all != ids.isEmpty()) {
            throw CommandFailure.usage("Which sessions? Give ids, or --all.");
        }
        if (allUsers && !all) {
            throw CommandFailure.usage("--all-users goes with --all only.");
        }
        ApiClient client = connection.client();
        Logins logins = new Logins(client);
        List<String> asked = all
                ? VisibleSessions.of(client, allUsers).stream()
                        .map(SessionRow::jti)
                        .toList()
                : ids;
        int failed = 0;
        for (String id : asked) {
            try {
                logins.revokeSession(id);
                surroundings.out().println(surroundings.terminal() ? "Session " + id + " ended." : id);
            } catch (ApiError refused) {
                // one that is gone meanwhile is what --all wants
                if (!all || refused.status() != NOT_FOUND) {
                    failed++;
                    surroundings.say("Session " + id + " not ended: " + refused.getMessage());
                }
            }
        }
        if (asked.isEmpty()) {
            surroundings.say("No sessions.");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }
}
