/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Configurations;
import org.diracee.client.wire.BlamedOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows who last changed the entries of the configuration. */
@Command(name = "blame", description = "Show who last changed each entry, when and why.")
public final class ShowBlame implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "The section or option; else all.")
    private String path = "/";

    @Option(names = "--revision", paramLabel = "N", description = "Of this revision; the one in force unless given.")
    private @Nullable Long revision;

    public ShowBlame(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<BlamedOption> entries = new Configurations(connection.client()).blame(path, Optional.ofNullable(revision));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), entries);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("ENTRY", "VALUE", "REVISION", "AUTHOR", "TIME", "MESSAGE");
        entries.forEach(entry -> table.row(
                entry.value().isPresent() ? entry.path() : entry.path() + "/",
                entry.value().orElse(""),
                Long.toString(entry.revision().revision()),
                entry.revision().author(),
                times.text(entry.revision().created()),
                entry.revision().message()));
        if (table.isEmpty()) {
            surroundings.say("There is nothing at " + path + ".");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
