/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Bans;
import org.diracee.client.wire.BanPage;
import org.diracee.client.wire.BanRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows when a site or computing element was banned and allowed. */
@Command(name = "history", description = "Show when it was banned and allowed, by whom and why, the newest first.")
public final class ShowBanHistory implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the site, or the host of the computing element.")
    private String name = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit;

    public ShowBanHistory(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        BanPage page = new Bans(connection.client()).history(BanCommand.kind(spec), name, limit, Optional.empty());
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), page);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("BANNED", "BY", "VO", "REASON", "ENDED", "BY", "REASON");
        page.bans()
                .forEach(ban -> table.row(
                        times.text(ban.since()),
                        ban.author(),
                        ban.vo().orElse("all"),
                        ban.reason(),
                        ended(ban, times),
                        ban.liftedBy().orElse(""),
                        ban.liftedReason().orElse("")));
        if (table.isEmpty()) {
            surroundings.say("It was never banned.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
            page.next().ifPresent(more -> surroundings.say("There are older ones: --limit shows more."));
        }
        return ExitCode.OK;
    }

    /** When it ended, or will. */
    private static String ended(BanRecord ban, Times times) {
        return Stream.concat(ban.lifted().stream(), ban.until().stream())
                .limit(1)
                .map(times::text)
                .collect(Collectors.joining());
    }
}
