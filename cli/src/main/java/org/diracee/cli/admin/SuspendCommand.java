/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Administration;
import org.diracee.client.wire.Suspend;
import org.diracee.client.wire.SuspensionRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shuts somebody or something out, on all nodes within seconds. */
@Command(
        name = "suspend",
        description = "Shut out a user, certificate, VO, site or pilot within 5 seconds; 'list' shows who is.",
        subcommands = {ListSuspensions.class})
public final class SuspendCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "user, subject, dn, vo, site or pilot.")
    private @Nullable String kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Who or what.")
    private @Nullable String name;

    @Option(names = "--vo", paramLabel = "VO", description = "Of a user, subject or pilot; your own unless given.")
    private Optional<String> vo = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why; administrators see it, who is shut out does not.")
    private @Nullable String reason;

    public SuspendCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (kind == null || name == null) {
            throw new ParameterException(spec.commandLine(), "KIND and NAME of what to suspend are needed.");
        }
        if (reason == null || reason.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--reason is needed.");
        }
        SuspensionRecord made = new Administration(connection.client()).suspend(new Suspend(kind, vo, name, reason));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), made);
        } else {
            surroundings.say("Suspended: " + ListSuspensions.what(made) + ". It counts on all nodes within 5 seconds; "
                    + consequence(made.kind()));
            made.warning().ifPresent(warning -> surroundings.say("Warning: " + Printable.text(warning)));
        }
        return ExitCode.OK;
    }

    private static String consequence(String kind) {
        return switch (kind) {
            case "site" -> "pilots there lose their tokens, as do their jobs, and no more are sent.";
            case "pilot" -> "it and the jobs that it runs lose their tokens.";
            case "vo" -> "its users, jobs and pilots lose their tokens, and no more jobs are handed out.";
            default -> "running jobs lose their tokens, waiting jobs are held.";
        };
    }
}
