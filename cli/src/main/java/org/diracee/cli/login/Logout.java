/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.session.CredentialFile;
import org.diracee.cli.session.Credentials;
import org.diracee.client.Logins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the session, here and at the server. */
@Command(name = "logout", description = "End the session, here and at the server.")
public final class Logout implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public Logout(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        CredentialFile file = connection.credentials();
        boolean wasLoggedIn = file.exclusively(() -> {
            Optional<Credentials> stored = file.read();
            try {
                stored.map(Credentials::refreshToken).ifPresent(new Logins(connection.anonymous())::revoke);
            } finally {
                file.delete(); // even if the server cannot be told: who logs out wants no token left here
            }
            return stored.isPresent();
        });
        surroundings.say(wasLoggedIn ? "Logged out." : "You were not logged in.");
        return ExitCode.OK;
    }
}
