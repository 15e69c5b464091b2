/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Administration;
import org.diracee.client.wire.RegistryGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the groups of a VO. */
@Command(name = "list", description = "List the groups of a VO.")
public final class ListGroups implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    public ListGroups(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<RegistryGroup> groups = new Administration(connection.client()).groups(vo);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), groups);
            return ExitCode.OK;
        }
        Table table = new Table("GROUP", "MEMBERS", "PROPERTIES");
        groups.forEach(group -> table.row(
                group.group() + (group.isDefault() ? " *" : ""),
                Integer.toString(group.members().size()),
                String.join(", ", group.properties())));
        if (table.isEmpty()) {
            surroundings.say("No groups.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
