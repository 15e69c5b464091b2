/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.ApiClient;
import org.diracee.client.Jobs;
import org.diracee.client.Pilots;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is known of a pilot, and its jobs. */
@Command(name = "show", description = "Show what is known of a pilot, and the jobs that it was handed.")
public final class ShowPilot implements Callable<Integer> {

    private static final int MOST_JOBS = 1_000;
    private static final String NAME = "  %-18s %s";

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "PILOT", description = "The pilot's stamp.")
    private String stamp = "";

    public ShowPilot(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        ObjectNode pilot = new Pilots(client)
                .pilot(stamp)
                .orElseThrow(() -> CommandFailure.refused("No pilot has the stamp " + stamp + " in your VO."));
        List<ObjectNode> jobs = new Jobs(client)
                .search(Search.where(SearchCondition.of("PilotStamp", "eq", stamp)), 1, MOST_JOBS)
                .rows();
        if (connection.json()) {
            pilot.putArray("Jobs").addAll(jobs);
            JsonOutput.print(surroundings.out(), pilot);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), true);
        for (Map.Entry<String, JsonNode> fact : pilot.properties()) {
            String text = fact.getValue().asText("");
            String shown = fact.getKey().endsWith("Time") ? times.text(text) : text;
            surroundings.out().println(NAME.formatted(fact.getKey(), Printable.text(shown)));
        }
        Table table = new Table("JOB", "STATUS", "MINOR STATUS", "OWNER");
        for (ObjectNode job : jobs) {
            table.row(List.of(
                    job.path("JobID").asText(),
                    job.path("Status").asText(),
                    job.path("MinorStatus").asText(),
                    job.path("Owner").asText()));
        }
        surroundings.out().println();
        if (table.isEmpty()) {
            surroundings.say("It was handed no job that is known still.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
