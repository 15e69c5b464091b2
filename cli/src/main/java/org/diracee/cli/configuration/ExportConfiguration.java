/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Configurations;
import org.diracee.client.wire.ConfigurationText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the configuration to a file, to be edited and committed. */
@Command(
        name = "export",
        description = "Write the configuration to a file, for 'commit' once it is edited.",
        footer = {"", "The first line keeps the revision; 'commit' needs it to see what others change meanwhile."})
public final class ExportConfiguration implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to; the standard output unless given, or -. It must not exist.")
    private @Nullable String file;

    @Option(
            names = {"-f", "--force"},
            description = "Replace the file if it exists.")
    private boolean force;

    @Option(names = "--revision", paramLabel = "N", description = "Of this revision; the one in force unless given.")
    private @Nullable Long revision;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DocumentFormat.Reader.class,
            description = "cfg or yaml; else by the file's ending, and cfg without a file.")
    private @Nullable DocumentFormat format;

    public ExportConfiguration(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        Optional<String> target = Optional.ofNullable(file).filter(name -> !name.equals("-"));
        DocumentFormat form = Optional.ofNullable(format)
                .orElseGet(() -> target.map(DocumentFormat::ofFileName).orElse(DocumentFormat.CFG));
        ConfigurationText configuration =
                new Configurations(connection.client()).document("/", form.wireName(), Optional.ofNullable(revision));
        String text = DocumentFile.textOf(configuration);
        if (target.isPresent()) {
            if (force) {
                Files.writeString(surroundings.path(target.get()), text);
            } else {
                Files.writeString(surroundings.path(target.get()), text, StandardOpenOption.CREATE_NEW);
            }
            surroundings.say("Revision " + configuration.revision() + " is in " + target.get());
        } else if (!connection.json()) {
            surroundings.out().print(text);
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), configuration);
        }
        return ExitCode.OK;
    }
}
