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

/** Lets a registered client in. */
@Command(name = "approve", description = "Let a registered client in.")
public final class ApproveClient implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The client.")
    private String id = "";

    public ApproveClient(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        new Administration(connection.client()).approveClient(id);
        surroundings.say("The client " + id + " is approved.");
        return ExitCode.OK;
    }
}
