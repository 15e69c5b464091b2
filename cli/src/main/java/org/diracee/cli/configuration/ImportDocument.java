/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over the configuration of another installation. */
@Command(
        name = "import",
        description = "Take over the configuration of a DIRAC (dirac.cfg) or DiracX (default.yml).",
        footer = {"", "Without --merge, what the file does not have is gone afterwards. Look first, with --dry-run."})
public final class ImportDocument implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "FILE", description = "The foreign document; - for the standard input.")
    private String file = "";

    @Option(names = "--merge", description = "Put its options over the present ones and take nothing out.")
    private boolean merge;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DocumentFormat.Reader.class,
            description = "cfg or yaml; else by the file's ending.")
    private @Nullable DocumentFormat format;

    @Mixin
    private final CommitOptions options = new CommitOptions();

    public ImportDocument(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        DocumentFile document = DocumentFile.read(surroundings, file, Optional.ofNullable(format));
        Configurations configurations = new Configurations(connection.client());
        CommitConfiguration change = CommitConfiguration.ofDocument(
                configurations.revisionInForce(),
                options.message(),
                document.text(),
                document.format().wireName(),
                merge ? "merge" : "replace");
        new ConfigurationCommit(surroundings, connection, configurations).commit(change, options.dryRun());
        return ExitCode.OK;
    }
}
