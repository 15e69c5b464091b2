/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.Bans;
import org.diracee.client.wire.BanPlace;
import org.diracee.client.wire.BanRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps new jobs and pilots from a site or computing element. */
@Command(name = "ban", description = "Keep new jobs and pilots from it; what runs there goes on.")
public final class BanCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the site, or the host of the computing element.")
    private String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; everybody reads it.")
    private String reason = "";

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "The ban ends by itself then, as in 2026-11-27T12:00Z; else when it is allowed.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--all-vos", description = "For the jobs of all VOs; for administrators of the installation.")
    private boolean allVos;

    public BanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        BanRecord made = new Bans(connection.client())
                .ban(new BanPlace(
                        kind(spec),
                        name,
                        allVos ? Optional.of(true) : Optional.empty(),
                        reason,
                        until.map(BanCommand::time)));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), made);
        } else {
            Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
            surroundings.say("Banned: " + what(made)
                    + made.until().map(time -> " until " + times.text(time)).orElse("")
                    + ". On all nodes within seconds it gets no more jobs and pilots; what runs there goes on.");
            made.warning().ifPresent(warning -> surroundings.say("Warning: " + Printable.text(warning)));
        }
        return ExitCode.OK;
    }

    /** The word for what the command is about: that of its group. */
    static String kind(CommandSpec spec) {
        return spec.parent().name();
    }

    static String what(BanRecord ban) {
        return ban.kind() + " " + ban.name() + " for "
                + ban.vo().map(vo -> "the VO " + vo).orElse("all VOs");
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw CommandFailure.usage(
                    "--until " + text + ": a time with its offset is expected, as in 2026-11-27T12:00Z.");
        }
    }
}
