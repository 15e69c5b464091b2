/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.storage;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Storage;
import org.diracee.client.wire.StorageElementRecord;
import org.diracee.client.wire.StorageProtocolRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the storage elements that one's VO may use. */
@Command(
        name = "list",
        description =
                "List the storage elements that your VO may use: what they are open for and how they are spoken to.")
public final class ListSes implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListSes(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<StorageElementRecord> elements = new Storage(connection.client()).elements();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), elements);
            return ExitCode.OK;
        }
        Table table = new Table("SE", "MEDIA", "OPEN FOR", "PROTOCOLS");
        elements.forEach(element -> table.row(List.of(
                element.name(),
                Openness.media(element),
                Openness.of(element),
                element.protocols().stream()
                        .filter(StorageProtocolRecord::known)
                        .map(protocol -> protocol.scheme() + (protocol.local() ? " (local)" : ""))
                        .distinct()
                        .collect(Collectors.joining(", ")))));
        if (table.isEmpty()) {
            surroundings.say("There is no storage element for your VO.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
