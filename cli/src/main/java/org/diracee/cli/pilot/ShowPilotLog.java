/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.Pilots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a pilot wrote. */
@Command(name = "log", description = "Show what a pilot wrote.")
public final class ShowPilotLog implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "PILOT", description = "The pilot's stamp.")
    private String stamp = "";

    public ShowPilotLog(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<ObjectNode> lines = new Pilots(connection.client()).log(stamp);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), lines);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        for (ObjectNode line : lines) {
            surroundings
                    .out()
                    .println(Printable.text("%s %-5s %s: %s"
                            .formatted(
                                    times.text(line.path("timestamp").asText()),
                                    line.path("severity").asText(),
                                    line.path("scope").asText(),
                                    line.path("message").asText().stripTrailing())));
        }
        if (lines.isEmpty()) {
            surroundings.say("The pilot wrote nothing so far.");
        }
        return ExitCode.OK;
    }
}
