/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shuts a registered client out. */
@Command(name = "revoke", description = "Shut a registered client out: its sessions and tokens end within seconds.")
public final class RevokeClient implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The client.")
    private String id = "";

    public RevokeClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        new Administration(connection.client()).revokeClient(id);
        surroundings.say("The client " + id + " is revoked.");
        return ExitCode.OK;
    }
}
