/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.client.Administration;
import org.diracee.client.wire.PolicyExplanation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells whether a user may do something, and why. */
@Command(
        name = "may",
        description = "Tell whether a user may call an operation and why; without one, list all operations and rules.")
public final class UserMay implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The user's name.")
    private @Nullable String name;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OPERATION", description = "As in JobSubmission.submit.")
    private @Nullable String operation;

    @Option(names = "--vo", paramLabel = "VO", description = "The VO; your own unless given.")
    private Optional<String> vo = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "In this group; in any unless given.")
    private Optional<String> group = Optional.empty();

    public UserMay(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        Map<String, String> question = new LinkedHashMap<>();
        if (operation != null && name != null) {
            question.put("operation", operation);
            question.put("user", name);
            vo.ifPresent(value -> question.put("vo", value));
            group.ifPresent(value -> question.put("group", value));
        }
        List<PolicyExplanation> answer = new Administration(connection.client()).policy(question);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), answer);
        } else if (operation == null) {
            Table table = new Table("OPERATION", "WHO MAY", "SAID BY");
            answer.forEach(rule ->
                    table.row(rule.operation(), rule.rule(), rule.configuredAt().orElse("the code")));
            table.print(surroundings.out(), surroundings.terminal());
        } else {
            answer.forEach(this::print);
        }
        return ExitCode.OK;
    }

    private void print(PolicyExplanation answer) {
        surroundings
                .out()
                .println(Printable.text(answer.user().orElse("") + " of the VO "
                        + answer.vo().orElse("") + (answer.allowed().orElse(false) ? " may call " : " may not call ")
                        + answer.operation() + "."));
        fact("Rule", answer.rule());
        fact(
                "Said by",
                answer.configuredAt().orElse("the code; the configuration can say another at " + answer.path()));
        fact("Asked for", String.join(", ", answer.groups().orElse(List.of())));
        answer.reasons().orElse(List.of()).forEach(reason -> fact("Refused", reason));
        fact("Groups that may", String.join(", ", answer.allowingGroups().orElse(List.of())));
    }

    private void fact(String title, String value) {
        surroundings
                .out()
                .println("  %-17s%s".formatted(title, Printable.text(value)).stripTrailing());
    }
}
