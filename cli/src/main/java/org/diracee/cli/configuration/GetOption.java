/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Configurations;
import org.diracee.client.wire.ConfigurationOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the value of an option and why it is that one. */
@Command(
        name = "get",
        description = "Show the value of an option that counts, where it stands, what may stand there, who changed it.",
        footer = {"", "Into a pipe goes the value alone."})
public final class GetOption implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "PATH", description = "As in /Operations/Defaults/JobScheduling/MaxRescheduling.")
    private String path = "";

    @Option(names = "--vo", paramLabel = "VO", description = "As it counts for this VO.")
    private @Nullable String vo;

    public GetOption(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        ConfigurationOption option = new Configurations(connection.client()).option(path, Optional.ofNullable(vo));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), option);
        } else if (surroundings.terminal()) {
            facts(option);
        } else {
            option.value().ifPresent(surroundings.out()::println);
        }
        if (option.value().isPresent()) {
            return ExitCode.OK;
        }
        surroundings.say(path + " has no value.");
        return ExitCode.REFUSED;
    }

    private void facts(ConfigurationOption option) {
        PrintWriter out = surroundings.out();
        Times times = new Times(surroundings.clock().getZone(), true);
        out.println(ChangeLines.oneLine(option.path()));
        option.value().ifPresent(value -> fact("Value", value.isBlank() ? "(empty)" : value));
        option.value().ifPresent(value -> fact("Stands at", option.source().orElse("nowhere: it is the default")));
        option.declaration()
                .ifPresentOrElse(
                        declared -> {
                            fact("Meaning", declared.meaning());
                            fact("Allowed", declared.type());
                            fact("Default", declared.standard().orElse("none"));
                        },
                        () -> fact("Meaning", "nothing reads this option"));
        option.lastChange()
                .ifPresent(change -> fact(
                        "Changed",
                        times.text(change.created()) + " by " + change.author() + " in revision " + change.revision()
                                + ": " + change.message()));
    }

    private void fact(String name, String value) {
        surroundings.out().println("  %-11s%s".formatted(name, ChangeLines.oneLine(value)));
    }
}
