/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.storage;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Storage;
import org.diracee.client.wire.StorageElementRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a storage element with its space. */
@Command(
        name = "show",
        description =
                "Show a storage element: what it is open for, how it is spoken to, and how much space your VO has there.")
public final class ShowSe implements Callable<Integer> {

    private static final double GIGABYTE = 1e9;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "SE", description = "As ${ROOT-COMMAND-NAME} se list names them.")
    private String name = "";

    public ShowSe(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        StorageElementRecord element = new Storage(connection.client()).element(name);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), element);
            return ExitCode.OK;
        }
        line("Storage element", element.name());
        line("Media", Openness.media(element));
        line("Open for", Openness.of(element));
        element.protocols()
                .forEach(protocol -> line(
                        "Protocol",
                        protocol.section() + ": " + protocol.scheme() + " by " + protocol.plugin()
                                + (protocol.local() ? ", for its own site" : "")
                                + (protocol.known() ? "" : ", which this server cannot speak")));
        element.space()
                .ifPresent(space -> line(
                        "Space",
                        String.format(
                                Locale.ROOT,
                                "%.3f GB free of %.3f GB",
                                space.free() / GIGABYTE,
                                space.total() / GIGABYTE)));
        element.problem().ifPresent(problem -> line("Problem", problem));
        return ExitCode.OK;
    }

    private void line(String label, String text) {
        surroundings.out().println(String.format(Locale.ROOT, "%-16s %s", label + ":", Printable.text(text)));
    }
}
