/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.diracee.client.Jobs;
import org.diracee.client.Pilots;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SortOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists pilots, the newest first. */
@Command(name = "list", description = "List the pilots of your VO, the newest first.")
public final class ListPilots implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "PilotStamp",
            "Status",
            "DestinationSite",
            "GridSite",
            "Queue",
            "CurrentJobID",
            "SubmissionTime",
            "LastUpdateTime",
            "StatusReason");

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only pilots in one of these statuses, as in Running,Failed.")
    private List<String> statuses = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only pilots at one of these sites.")
    private List<String> sites = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many, up to 10000; ${DEFAULT-VALUE} unless given.")
    private int limit;

    public ListPilots(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > Jobs.MAX_PAGE) {
            throw CommandFailure.usage("--limit " + limit + ": 1 to " + Jobs.MAX_PAGE + " is allowed.");
        }
        List<SearchCondition> conditions = new ArrayList<>();
        if (!statuses.isEmpty()) {
            conditions.add(SearchCondition.anyOf("Status", statuses));
        }
        if (!sites.isEmpty()) {
            conditions.add(SearchCondition.anyOf("GridSite", sites));
        }
        Search search = new Search(Optional.empty(), conditions, List.of(), Optional.empty())
                .sortedBy("PilotID", SortOrder.Direction.DESCENDING);
        List<ObjectNode> rows = new Pilots(connection.client()).search(search, 1, limit);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), rows);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("PILOT", "STATUS", "CE", "SITE", "QUEUE", "JOB", "SUBMITTED", "LAST NEWS", "REASON");
        for (ObjectNode row : rows) {
            table.row(COLUMNS.stream()
                    .map(column -> {
                        String cell = row.path(column).asText("");
                        return column.endsWith("Time") ? times.text(cell) : cell;
                    })
                    .toList());
        }
        if (table.isEmpty()) {
            surroundings.say("No pilots.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
