/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.ConfigurationDifference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a commit would change, or what differs between revisions. */
@Command(
        name = "diff",
        description = "Show what committing a file would change, or what differs between two revisions.")
public final class ShowDifference implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An edited document; - for the standard input.")
    private @Nullable String file;

    @Option(names = "--from", paramLabel = "N", description = "The earlier revision.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "M", description = "The later revision; the one in force unless given.")
    private @Nullable Long to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = DocumentFormat.Reader.class,
            description = "cfg or yaml; else by the file's ending.")
    private @Nullable DocumentFormat format;

    public ShowDifference(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        if ((file == null) == (from == null) || (from == null && to != null)) {
            throw CommandFailure.usage("Which difference? Give either a FILE or --from N, perhaps with --to M.");
        }
        Configurations configurations = new Configurations(connection.client());
        if (file != null) {
            wouldChange(configurations, file);
        } else if (from != null) {
            differ(configurations, from);
        }
        return ExitCode.OK;
    }

    private void wouldChange(Configurations configurations, String name) throws IOException {
        DocumentFile document = DocumentFile.read(surroundings, name, Optional.ofNullable(format));
        long base = document.base().isPresent() ? document.base().get() : configurations.revisionInForce();
        CommitConfiguration change = CommitConfiguration.ofDocument(
                base, "What would change?", document.text(), document.format().wireName(), "replace");
        new ConfigurationCommit(surroundings, connection, configurations).commit(change, true);
    }

    private void differ(Configurations configurations, long earlier) {
        ConfigurationDifference difference =
                configurations.difference(earlier, to == null ? configurations.revisionInForce() : to);
        List<String> lines = ChangeLines.of(difference.changes());
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), difference);
        } else if (lines.isEmpty()) {
            surroundings.say("Revisions " + difference.from() + " and " + difference.to() + " do not differ.");
        } else {
            lines.forEach(surroundings.out()::println);
        }
    }
}
