/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.ApiClient;
import org.diracee.client.FoundRows;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SortOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that searches and shows a table, the newest rows first. */
public abstract class Listing implements Callable<Integer> {

    private static final int USUAL_LIMIT = 25;

    private final Surroundings surroundings;
    private final What what;

    @Mixin
    private final Connection connection;

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only those in one of these statuses, as in Running,Failed.")
    private List<String> statuses = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only those at one of these sites.")
    private List<String> sites = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many; " + USUAL_LIMIT + " unless given.")
    private @Nullable Integer asked;

    protected Listing(Surroundings surroundings, What what) {
        this.surroundings = surroundings;
        this.what = what;
        this.connection = new Connection(surroundings);
    }

    /**
     * What is listed.
     *
     * @param name in the plural
     * @param id the column that grows with age
     * @param site the column of the site
     * @param statuses those that there are
     * @param columns those of the table; one whose name ends in {@code Time} holds times
     * @param heading one word per column
     */
    public record What(
            String name, String id, String site, List<String> statuses, List<String> columns, List<String> heading) {}

    /** The conditions of the command's own options, with {@link #common()} among them. */
    protected abstract List<SearchCondition> conditions();

    protected abstract FoundRows search(ApiClient client, Search search, int page, int perPage);

    protected final Connection connection() {
        return connection;
    }

    protected final List<SearchCondition> common() {
        List<SearchCondition> conditions = new ArrayList<>(anyOf("Status", known(statuses, what.statuses())));
        conditions.addAll(anyOf(what.site(), sites));
        return conditions;
    }

    /** That the column has one of the values; nothing if there are none. */
    protected static List<SearchCondition> anyOf(String column, List<String> values) {
        return values.isEmpty() ? List.of() : List.of(SearchCondition.anyOf(column, values));
    }

    /** @throws CommandFailure if one of the words is none of these: nothing would be found */
    public static List<String> known(List<String> words, List<String> statuses) {
        for (String word : words) {
            if (!statuses.contains(word)) {
                throw CommandFailure.usage("--status " + word + ": allowed are " + String.join(", ", statuses) + ".");
            }
        }
        return words;
    }

    /** Whether a limit was asked for. */
    protected final boolean isLimited() {
        return asked != null;
    }

    @Override
    public Integer call() {
        int limit = asked == null ? USUAL_LIMIT : asked;
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        Search search = new Search(
                        connection.json() ? Optional.empty() : Optional.of(what.columns()),
                        conditions(),
                        List.of(),
                        Optional.empty())
                .sortedBy(what.id(), SortOrder.Direction.DESCENDING);
        ApiClient client = connection.client();
        List<ObjectNode> rows = new ArrayList<>();
        long total = 0;
        int perPage = Math.min(limit, FoundRows.MAX_PAGE);
        for (int page = 1; rows.size() < limit; page++) {
            FoundRows found = search(client, search, page, perPage);
            rows.addAll(found.rows());
            total = Math.max(found.total(), rows.size());
            if (found.rows().size() < perPage) {
                break;
            }
        }
        print(rows.subList(0, Math.min(rows.size(), limit)), total);
        return ExitCode.OK;
    }

    private void print(List<ObjectNode> rows, long total) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), rows);
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table(what.heading().toArray(String[]::new));
        for (ObjectNode row : rows) {
            table.row(what.columns().stream()
                    .map(column -> {
                        String cell = row.path(column).asText("");
                        return column.endsWith("Time") ? times.text(cell) : cell;
                    })
                    .toList());
        }
        if (table.isEmpty()) {
            surroundings.say("No " + what.name() + ".");
            return;
        }
        table.print(surroundings.out(), surroundings.terminal());
        if (surroundings.terminal() && total > rows.size()) {
            surroundings.say(rows.size() + " of " + total + " " + what.name() + "; --limit shows more.");
        }
    }
}
