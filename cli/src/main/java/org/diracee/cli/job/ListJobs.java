/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

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
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SortOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs, the newest first. */
@Command(name = "list", description = "List your jobs, the newest first.")
public final class ListJobs implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "JobID", "Status", "MinorStatus", "ApplicationStatus", "Site", "JobName", "Owner", "SubmissionTime");

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only jobs in one of these statuses, as in Failed,Killed.")
    private List<String> statuses = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only jobs at one of these sites.")
    private List<String> sites = List.of();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            split = ",",
            description = "Only jobs of one of these job groups (JobGroup).")
    private List<String> groups = List.of();

    @Option(names = "--owner", paramLabel = "USER", split = ",", description = "Jobs of these users instead of yours.")
    private List<String> owners = List.of();

    @Option(
            names = {"-a", "--all"},
            description = "Jobs of everybody.")
    private boolean all;

    @Option(
            names = "--where",
            arity = "1",
            paramLabel = "'COLUMN OPERATOR VALUE'",
            description =
                    "Any other condition, as in 'JobName like reco%%'; repeatable. Operators: eq, neq, gt, lt, like,"
                            + " not like, regex.")
    private List<String> conditions = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "25",
            description = "At most so many; ${DEFAULT-VALUE} unless given.")
    private int limit;

    public ListJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        if (all && !owners.isEmpty()) {
            throw CommandFailure.usage("--all and --owner exclude each other.");
        }
        Search search = new Search(
                        connection.json() ? Optional.empty() : Optional.of(COLUMNS),
                        searched(),
                        List.of(),
                        Optional.empty())
                .sortedBy("JobID", SortOrder.Direction.DESCENDING);
        Jobs jobs = new Jobs(connection.client());
        List<ObjectNode> rows = new ArrayList<>();
        long total = 0;
        int perPage = Math.min(limit, Jobs.MAX_PAGE);
        for (int page = 1; rows.size() < limit; page++) {
            Jobs.FoundJobs found = jobs.search(search, page, perPage);
            rows.addAll(found.rows());
            total = Math.max(found.total(), rows.size());
            if (found.rows().size() < perPage) {
                break;
            }
        }
        print(rows.subList(0, Math.min(rows.size(), limit)), total);
        return ExitCode.OK;
    }

    private List<SearchCondition> searched() {
        List<SearchCondition> wanted = new ArrayList<>();
        if (!all) {
            wanted.add(SearchCondition.anyOf("Owner", owners.isEmpty() ? List.of(connection.username()) : owners));
        }
        anyOf("Status", statuses, wanted);
        anyOf("Site", sites, wanted);
        anyOf("JobGroup", groups, wanted);
        conditions.forEach(condition -> wanted.add(condition(condition)));
        return wanted;
    }

    private static void anyOf(String column, List<String> values, List<SearchCondition> wanted) {
        if (!values.isEmpty()) {
            wanted.add(SearchCondition.anyOf(column, values));
        }
    }

    private static SearchCondition condition(String text) {
        String[] words = text.strip().split("\\s+", 3);
        if (words.length == 3 && words[1].equals("not")) {
            String[] rest = words[2].split("\\s+", 2);
            words = rest.length == 2 ? new String[] {words[0], "not " + rest[0], rest[1]} : new String[0];
        }
        if (words.length != 3) {
            throw CommandFailure.usage("--where '" + text + "': a column, an operator and a value are expected.");
        }
        boolean number = words[2].matches("-?[0-9]{1,18}");
        return SearchCondition.of(words[0], words[1], number ? (Object) Long.valueOf(words[2]) : words[2]);
    }

    private void print(List<ObjectNode> rows, long total) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), rows);
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table =
                new Table("JOB", "STATUS", "MINOR STATUS", "APPLICATION STATUS", "SITE", "NAME", "OWNER", "SUBMITTED");
        for (ObjectNode row : rows) {
            List<String> cells = new ArrayList<>();
            for (String column : COLUMNS) {
                String cell = row.path(column).asText("");
                cells.add(column.equals("SubmissionTime") ? times.text(cell) : cell);
            }
            table.row(cells);
        }
        if (table.isEmpty()) {
            surroundings.say("No jobs.");
            return;
        }
        table.print(surroundings.out(), surroundings.terminal());
        if (surroundings.terminal() && total > rows.size()) {
            surroundings.say(rows.size() + " of " + total + " jobs; --limit shows more.");
        }
    }
}
