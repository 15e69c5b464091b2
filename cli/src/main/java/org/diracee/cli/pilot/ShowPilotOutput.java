/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Pilots;
import org.diracee.client.wire.PilotOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what the computing element kept of a pilot's output. */
@Command(name = "output", description = "Show the ends of an ended pilot's standard output and error.")
public final class ShowPilotOutput implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "PILOT", description = "The pilot's stamp.")
    private String stamp = "";

    public ShowPilotOutput(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        PilotOutput output = new Pilots(connection.client()).output(stamp);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), output);
            return ExitCode.OK;
        }
        Printable.text(output.standardOutput()).lines().forEach(surroundings.out()::println);
        if (!output.standardError().isBlank()) {
            surroundings.out().println();
            surroundings.out().println("Standard error");
            Printable.text(output.standardError()).lines().forEach(surroundings.out()::println);
        }
        return ExitCode.OK;
    }
}
