/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.JobLogEntry;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SearchHistory;
import org.diracee.client.wire.SortOrder;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.job.boundary.FoundJobs;
import org.diracee.wms.job.boundary.HistoryQuery;
import org.diracee.wms.job.boundary.JobCount;
import org.diracee.wms.job.boundary.JobQuery;
import org.jspecify.annotations.Nullable;

/**
 * Translates searches and what they find.
 *
 * @see "DiracX REST reference 6"
 */
final class SearchRecords {

    private static final String UNIT = "jobs";
    private static final String LOGGING_INFO = "LoggingInfo";
    private static final String COUNT = "count";

    private SearchRecords() {}

    static JobQuery query(@Nullable Search search) {
        if (search == null) {
            return new JobQuery(Optional.empty(), List.of(), List.of(), false);
        }
        return new JobQuery(
                search.parameters(),
                filters(search.search()),
                search.sort().stream()
                        .map(order -> new JobQuery.Order(
                                order.parameter(), order.direction() == SortOrder.Direction.DESCENDING))
                        .toList(),
                search.distinct().orElse(false));
    }

    static HistoryQuery query(SearchHistory search) {
        return new HistoryQuery(
                search.from(),
                search.to(),
                search.step().map(Duration::ofSeconds),
                search.grouping(),
                filters(search.search()));
    }

    static org.diracee.client.wire.JobHistory history(History history) {
        return new org.diracee.client.wire.JobHistory(
                history.step().toSeconds(),
                history.times(),
                history.series().stream()
                        .map(series -> new org.diracee.client.wire.JobHistory.Series(
                                new LinkedHashMap<>(series.values()), series.numbers()))
                        .toList());
    }

    static List<JobQuery.Filter> filters(List<SearchCondition> conditions) {
        List<JobQuery.Filter> filters = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            SearchCondition condition = conditions.get(i);
            String field = "search[" + i + "]";
            filters.add(new JobQuery.Filter(
                    condition.parameter(),
                    condition.operator(),
                    condition.value().map(value -> text(value, field + ".value")),
                    condition.values().map(values -> texts(values, field + ".values"))));
        }
        return filters;
    }

    /** The status and the range say how much of all that matches the page shows. */
    static Response answer(FoundJobs found) {
        int rows = found.rows().size();
        if (rows == 0 && found.total() > 0) {
            return ranged(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE, "*/" + found.total(), List.of());
        }
        if (rows < found.total()) {
            String range = found.first() + "-" + (found.first() + rows - 1) + "/" + found.total();
            return ranged(Response.Status.PARTIAL_CONTENT, range, rows(found));
        }
        return Response.ok(rows(found), MediaType.APPLICATION_JSON_TYPE).build();
    }

    static Map<String, Object> counted(JobCount count) {
        Map<String, Object> row = new LinkedHashMap<>(count.values());
        row.put(COUNT, count.jobs());
        return row;
    }

    private static Response ranged(Response.Status status, String range, List<Map<String, Object>> rows) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Content-Range", UNIT + " " + range)
                .entity(rows)
                .build();
    }

    private static List<Map<String, Object>> rows(FoundJobs found) {
        List<Map<String, Object>> rows = new ArrayList<>(found.rows().size());
        for (Map<String, Optional<Object>> values : found.rows()) {
            Map<String, Object> row = new LinkedHashMap<>(values);
            found.logs().ifPresent(logs -> values.getOrDefault("JobID", Optional.empty())
                    .ifPresent(id -> row.put(LOGGING_INFO, log(logs.getOrDefault(new JobId((Long) id), List.of())))));
            rows.add(row);
        }
        return rows;
    }

    private static List<JobLogEntry> log(List<org.diracee.wms.job.boundary.LoggedStatus> steps) {
        return steps.stream().map(JobRecords::logged).toList();
    }

    private static List<String> texts(List<Object> values, String field) {
        List<String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            texts.add(text(values.get(i), field + "[" + i + "]"));
        }
        return texts;
    }

    private static String text(Object value, String field) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String message = "expected is a text or a number";
        throw new MalformedRequest(field + ": " + message, List.of(new FieldError(field, message)));
    }
}
