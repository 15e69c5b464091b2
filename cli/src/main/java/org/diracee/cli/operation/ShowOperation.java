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

/** Shows an operation and what went wrong in it. */
@Command(name = "show", description = "Show how an operation goes, and the first jobs to which it could not be done.")
public final class ShowOperation implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "OPERATION", description = "Its number.")
    private long id;

    public ShowOperation(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        return new ShownOperation(surroundings, connection.json())
                .print(new Operations(connection.client()), operations -> operations.operation(id));
    }
}
