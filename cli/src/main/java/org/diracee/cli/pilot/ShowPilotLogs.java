/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.Pilots;
import org.diracee.client.wire.FoundPilotLogLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what pilots wrote. */
@Command(
        name = "logs",
        aliases = "log",
        description =
                "Show what pilots wrote: one pilot, those that ran a job, or whoever wrote a text within the last day.")
public final class ShowPilotLogs implements Callable<Integer> {

    private static final Set<String> FINAL = Set.of("Done", "Failed", "Deleted", "Aborted");
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..1", paramLabel = "PILOT", description = "The pilot's stamp.")
    private @Nullable String stamp;

    @Option(names = "--job", paramLabel = "ID", description = "Those of the pilots that were handed this job.")
    private @Nullable Long job;

    @Option(names = "--grep", paramLabel = "TEXT", description = "Only lines with this text, in whatever case.")
    private @Nullable String text;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what the pilot writes until it has ended.")
    private boolean follow;

    public ShowPilotLogs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (stamp == null && job == null && text == null) {
            throw CommandFailure.usage("A pilot's stamp is needed, or --job or --grep.");
        }
        if (follow && stamp == null) {
            throw CommandFailure.usage("--follow needs a pilot's stamp.");
        }
        Pilots pilots = new Pilots(connection.client());
        long after = 0;
        while (true) {
            // asked for first: what is written before the end is shown
            boolean ended = !follow || hasEnded(pilots);
            List<FoundPilotLogLine> lines =
                    pilots.logs(Optional.ofNullable(stamp), Optional.ofNullable(job), Optional.ofNullable(text), after);
            print(lines);
            if (!lines.isEmpty()) {
                after = lines.get(lines.size() - 1).sequence();
            } else if (ended) {
                break;
            } else {
                surroundings.pause().of(PAUSE);
            }
        }
        if (after == 0) {
            if (stamp != null && pilots.pilot(stamp).isEmpty()) {
                throw CommandFailure.refused("No pilot has the stamp " + stamp + " in your VO.");
            }
            surroundings.say("Nothing was written so far.");
        }
        return ExitCode.OK;
    }

    private boolean hasEnded(Pilots pilots) {
        return Optional.ofNullable(stamp)
                .flatMap(pilots::pilot)
                .map(pilot -> FINAL.contains(pilot.path("Status").asText()))
                .orElse(true);
    }

    private void print(List<FoundPilotLogLine> lines) {
        if (connection.json()) {
            lines.forEach(line -> JsonOutput.printLine(surroundings.out(), line));
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        for (FoundPilotLogLine line : lines) {
            String whose = stamp == null ? line.stamp() + " " : "";
            surroundings
                    .out()
                    .println(Printable.text("%s%s %-5s %s: %s"
                            .formatted(
                                    whose,
                                    times.text(line.timestamp()),
                                    line.severity(),
                                    line.scope(),
                                    line.message().stripTrailing())));
        }
        surroundings.out().flush();
    }
}
