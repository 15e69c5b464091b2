/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.ApiError;
import org.diracee.client.Configurations;
import org.diracee.client.ServerUnreachable;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.ConfigurationRevision;
import org.diracee.client.wire.RollBackConfiguration;
import org.diracee.kernel.error.FieldError;

/** Changes the configuration and tells what came of it. */
public final class ConfigurationCommit {

    private final Surroundings surroundings;
    private final boolean json;
    private final Configurations configurations;

    public ConfigurationCommit(Surroundings surroundings, Connection connection, Configurations configurations) {
        this.surroundings = surroundings;
        this.json = connection.json();
        this.configurations = configurations;
    }

    /** @return the new revision; empty if nothing is changed */
    public Optional<ConfigurationRevision> commit(CommitConfiguration change, boolean dryRun) {
        String onward = change.document().isPresent()
                ? "To go on, export the configuration again, make your change there, and commit that file."
                : "To go on, decide which value is right and repeat the command.";
        return told(
                dryRun,
                change.base(),
                onward,
                () -> dryRun
                        ? configurations.tryOut(change)
                        : configurations.commit(change, UUID.randomUUID().toString()));
    }

    /** @return the new revision; empty if nothing is changed */
    Optional<ConfigurationRevision> rollBack(RollBackConfiguration request) {
        return told(
                false,
                request.base(),
                "To go on, look at what others did and decide whether it may go too.",
                () -> configurations.rollBack(request, UUID.randomUUID().toString()));
    }

    private Optional<ConfigurationRevision> told(
            boolean dryRun, Optional<Long> base, String onward, Supplier<CommittedConfiguration> call) {
        CommittedConfiguration done;
        try {
            done = call.get();
        } catch (ApiError refused) {
            if (refused.is(Configurations.CONFLICT)) {
                throw CommandFailure.refused(conflict(refused, base, onward));
            }
            throw refused;
        } catch (ServerUnreachable lost) {
            if (!dryRun) {
                surroundings.say("It is unknown whether the change was made; 'dirac-ee config history' tells. To repeat"
                        + " the command does no harm: what is there already is not changed again.");
            }
            throw lost;
        }
        tell(done, dryRun);
        return done.revision();
    }

    private void tell(CommittedConfiguration done, boolean dryRun) {
        done.notes().forEach(note -> surroundings.say("Note: " + ChangeLines.oneLine(note)));
        done.warnings()
                .forEach(warning ->
                        surroundings.say(ChangeLines.oneLine("Warning: " + warning.path() + ": " + warning.message())));
        if (json) {
            JsonOutput.print(surroundings.out(), done);
            return;
        }
        List<String> lines = ChangeLines.of(done.changes());
        if (dryRun) {
            lines.forEach(surroundings.out()::println);
            if (lines.isEmpty()) {
                surroundings.say("Nothing would change.");
            }
        } else if (done.revision().isEmpty()) {
            surroundings.say("Nothing changes: the configuration is like this already.");
        } else if (surroundings.terminal()) {
            lines.forEach(surroundings.out()::println);
            surroundings.out().println("Revision " + done.revision().get().revision() + " is in force.");
        } else {
            surroundings.out().println(done.revision().get().revision());
        }
        surroundings.out().flush();
    }

    private static String conflict(ApiError refused, Optional<Long> base, String onward) {
        StringBuilder text = new StringBuilder("Nothing is changed: ");
        if (refused.errors().isEmpty()) {
            text.append(refused.detail());
        } else {
            text.append("others have changed the same entries")
                    .append(base.map(number -> " since revision " + number).orElse(" meanwhile"))
                    .append('.');
        }
        for (FieldError entry : refused.errors()) {
            Map<String, String> values = entry.values();
            text.append("\n  ").append(ChangeLines.oneLine(entry.field()));
            if (values.isEmpty()) {
                text.append("\n    ").append(ChangeLines.oneLine(entry.message()));
                continue;
            }
            text.append("\n    was       ").append(value(values, "base"));
            text.append("\n    in force  ").append(value(values, "theirs")).append(author(values));
            text.append("\n    yours     ").append(value(values, "yours"));
        }
        base.ifPresent(number -> text.append("\nAll that others did: dirac-ee config diff --from ")
                .append(number));
        return text.append("\n").append(onward).toString();
    }

    private static String value(Map<String, String> values, String role) {
        String value = values.get(role);
        return value == null ? "(nothing)" : value.isBlank() ? "(empty)" : ChangeLines.oneLine(value);
    }

    private static String author(Map<String, String> values) {
        List<String> known = Stream.of(
                        Optional.ofNullable(values.get("by")),
                        Optional.ofNullable(values.get("revision")).map("revision "::concat))
                .flatMap(Optional::stream)
                .toList();
        return known.isEmpty() ? "" : "  (" + ChangeLines.oneLine(String.join(", ", known)) + ")";
    }
}
