/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Logins;
import org.diracee.client.wire.ServerMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the VOs of the installation. */
@Command(name = "list", description = "List the VOs of the installation and their groups.")
public final class ListVos implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListVos(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        ServerMetadata metadata = new Logins(connection.anonymous()).metadata();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), metadata);
            return ExitCode.OK;
        }
        Table table = new Table("VO", "DEFAULT GROUP", "GROUPS");
        new TreeMap<>(metadata.virtualOrganizations())
                .forEach((name, vo) -> table.row(
                        name,
                        vo.defaultGroup(),
                        String.join(", ", new TreeSet<>(vo.groups().keySet()))));
        if (table.isEmpty()) {
            surroundings.say("No VOs.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
