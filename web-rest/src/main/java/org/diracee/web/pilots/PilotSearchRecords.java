/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.PilotHistory;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SearchHistory;
import org.diracee.client.wire.SortOrder;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.pilot.boundary.FoundPilots;
import org.diracee.wms.pilot.boundary.PilotGroup;
import org.diracee.wms.pilot.boundary.PilotHistoryQuery;
import org.diracee.wms.pilot.boundary.PilotQuery;
import org.jspecify.annotations.Nullable;

/**
 * Translates searches for pilots and what they find.
 *
 * @see "DiracX REST reference 6"
 */
final class PilotSearchRecords {

    private static final String UNIT = "pilots ";

    private PilotSearchRecords() {}

    static PilotQuery query(@Nullable Search search) {
        if (search == null) {
            return new PilotQuery(Optional.empty(), List.of(), List.of(), false);
        }
        return new PilotQuery(
                search.parameters(),
                filters(search.search()),
                search.sort().stream()
                        .map(order -> new PilotQuery.Order(
                                order.parameter(), order.direction() == SortOrder.Direction.DESCENDING))
                        .toList(),
                search.distinct().orElse(false));
    }

    static List<PilotQuery.Filter> filters(List<SearchCondition> conditions) {
        List<PilotQuery.Filter> filters = new ArrayList<>();
        for (int index = 0; index < conditions.size(); index++) {
            SearchCondition condition = conditions.get(index);
            String field = "search[" + index + "]";
            filters.add(new PilotQuery.Filter(
                    condition.parameter(),
                    condition.operator(),
                    condition.value().map(value -> text(value, field + ".value")),
                    condition.values().map(values -> values.stream()
                            .map(value -> text(value, field + ".values"))
                            .toList())));
        }
        return filters;
    }

    /** The status and the range say how much of all that matches the page shows. */
    static Response answer(FoundPilots found) {
        int rows = found.rows().size();
        if (rows == 0 && found.total() > 0) {
            return ranged(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE, "*/" + found.total(), found);
        }
        if (rows < found.total()) {
            String range = found.first() + "-" + (found.first() + rows - 1) + "/" + found.total();
            return ranged(Response.Status.PARTIAL_CONTENT, range, found);
        }
        return Response.ok(found.rows()).build();
    }

    static PilotHistoryQuery query(SearchHistory search) {
        return new PilotHistoryQuery(
                search.from(),
                search.to(),
                search.step().map(Duration::ofSeconds),
                search.grouping(),
                filters(search.search()));
    }

    static PilotHistory history(History history) {
        return new PilotHistory(
                history.step().toSeconds(),
                history.times(),
                history.series().stream()
                        .map(series -> new PilotHistory.Series(new LinkedHashMap<>(series.values()), series.numbers()))
                        .toList());
    }

    static Map<String, Object> counted(PilotGroup group) {
        Map<String, Object> row = new LinkedHashMap<>(group.values());
        row.put("count", group.pilots());
        return row;
    }

    private static Response ranged(Response.Status status, String range, FoundPilots found) {
        return Response.status(status)
                .header("Content-Range", UNIT + range)
                .entity(found.rows())
                .build();
    }

    private static String text(Object value, String field) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String message = "expected is a text or a number";
        throw new MalformedRequest(field + ": " + message, List.of(new FieldError(field, message)));
    }
}
