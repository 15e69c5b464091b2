/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Configurations;
import org.diracee.client.wire.ConfigurationText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the configuration, or a section of it, as text. */
@Command(name = "show", description = "Show the configuration, or a section of it.")
public final class ShowConfiguration implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "The section, as in /Registry/demo; else all.")
    private String path = "/";

    @Option(names = "--revision", paramLabel = "N", description = "Of this revision; the one in force unless given.")
    private @Nullable Long revision;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DocumentFormat.Reader.class,
            description = "cfg (unless given) or yaml.")
    private @Nullable DocumentFormat format;

    public ShowConfiguration(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        ConfigurationText text = new Configurations(connection.client())
                .document(
                        path,
                        Optional.ofNullable(format).orElse(DocumentFormat.CFG).wireName(),
                        Optional.ofNullable(revision));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), text);
        } else {
            surroundings.out().print(surroundings.terminal() ? Printable.text(text.document()) : text.document());
        }
        return ExitCode.OK;
    }
}
