/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Configurations;
import org.diracee.client.wire.ChangedConfiguration;
import org.diracee.client.wire.ConfigurationHistory;
import org.diracee.client.wire.ConfigurationRevision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the revisions of the configuration, or one with what it changed. */
@Command(
        name = "history",
        description = "List the revisions of the configuration, the newest first; or show one and what it changed.")
public final class ShowHistory implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..1", paramLabel = "REVISION", description = "Show this one with what it changed.")
    private @Nullable Long number;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit;

    @Option(names = "--before", paramLabel = "N", description = "Only revisions older than this one.")
    private @Nullable Long before;

    public ShowHistory(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        if (number != null && before != null) {
            throw CommandFailure.usage("REVISION and --before exclude each other.");
        }
        Configurations configurations = new Configurations(connection.client());
        if (number != null) {
            one(configurations.revision(number));
        } else {
            many(configurations);
        }
        return ExitCode.OK;
    }

    private void many(Configurations configurations) {
        List<ConfigurationRevision> revisions = new ArrayList<>();
        Optional<Long> next = Optional.ofNullable(before);
        do {
            ConfigurationHistory page =
                    configurations.history(Math.min(limit - revisions.size(), Configurations.MAX_PAGE), next);
            revisions.addAll(page.revisions());
            next = page.revisions().isEmpty() ? Optional.empty() : page.next();
        } while (next.isPresent() && revisions.size() < limit);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), new ConfigurationHistory(revisions, next));
            return;
        }
        if (revisions.isEmpty()) {
            surroundings.say("No revisions.");
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("REVISION", "TIME", "AUTHOR", "FROM", "MESSAGE");
        revisions.forEach(revision -> table.row(
                Long.toString(revision.revision()),
                times.text(revision.created()),
                revision.author(),
                revision.origin(),
                revision.message()));
        table.print(surroundings.out(), surroundings.terminal());
        if (surroundings.terminal()) {
            next.ifPresent(more -> surroundings.say("Older ones: --before " + more));
        }
    }

    private void one(ChangedConfiguration changed) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), changed);
            return;
        }
        ConfigurationRevision revision = changed.revision();
        PrintWriter out = surroundings.out();
        out.println("Revision " + revision.revision());
        fact("Author", revision.author() + " (" + revision.subject() + ")");
        fact("Time", new Times(surroundings.clock().getZone(), true).text(revision.created()));
        fact("From", revision.origin());
        fact("Message", revision.message());
        out.println();
        ChangeLines.of(changed.changes()).forEach(out::println);
    }

    private void fact(String name, String value) {
        surroundings.out().println("  %-9s%s".formatted(name, ChangeLines.oneLine(value)));
    }
}
