/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.ConfigurationRevision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an edited document the configuration. */
@Command(
        name = "commit",
        description = "Make an edited document the configuration.",
        footer = {
            "",
            "What others changed since the file was exported stays, unless you changed the same entries: then nothing is"
                    + " changed and both sides are shown."
        })
public final class CommitDocument implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "FILE", description = "The document, as 'export' wrote it; - for the standard input.")
    private String file = "";

    @Option(
            names = "--base",
            paramLabel = "N",
            description = "The revision that the document was made from; else its first line tells.")
    private @Nullable Long base;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DocumentFormat.Reader.class,
            description = "cfg or yaml; else by the file's ending.")
    private @Nullable DocumentFormat format;

    @Mixin
    private final CommitOptions options = new CommitOptions();

    public CommitDocument(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        DocumentFile document = DocumentFile.read(surroundings, file, Optional.ofNullable(format));
        long from = Optional.ofNullable(base)
                .or(document::base)
                .orElseThrow(() -> CommandFailure.usage(document.name()
                        + " does not tell in its first line which revision it was made from: give --base N. What other"
                        + " installations wrote is for 'config import'."));
        CommitConfiguration change = CommitConfiguration.ofDocument(
                from, options.message(), document.text(), document.format().wireName(), "replace");
        Optional<ConfigurationRevision> made = new ConfigurationCommit(
                        surroundings, connection, new Configurations(connection.client()))
                .commit(change, options.dryRun());
        if (made.isPresent() && surroundings.terminal()) {
            surroundings.say(document.name() + " is still of revision " + from + ": export again before you edit on.");
        }
        return ExitCode.OK;
    }
}
