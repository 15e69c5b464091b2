/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.client.Operations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops an operation. */
@Command(name = "cancel", description = "Stop an operation; what was done stays done.")
public final class CancelOperation implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "OPERATION", description = "Its number.")
    private long id;

    public CancelOperation(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        return new ShownOperation(surroundings, connection.json())
                .print(new Operations(connection.client()), operations -> operations.cancel(id));
    }
}
