/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Administration;
import org.diracee.client.wire.RegistryGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one group of a VO. */
@Command(name = "show", description = "Show a group of a VO with its members.")
public final class ShowGroup implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String name = "";

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    public ShowGroup(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        RegistryGroup group = new Administration(connection.client())
                .groups(vo).stream()
                        .filter(candidate -> candidate.group().equals(name))
                        .findFirst()
                        .orElseThrow(() -> CommandFailure.refused("There is no group " + name + " in the VO."));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), group);
            return ExitCode.OK;
        }
        surroundings
                .out()
                .println("Group " + Printable.text(group.group()) + (group.isDefault() ? ", the default" : ""));
        surroundings.out().println("  Properties  " + String.join(", ", group.properties()));
        surroundings.out().println("  Members     " + Printable.text(String.join(", ", group.members())));
        return ExitCode.OK;
    }
}
