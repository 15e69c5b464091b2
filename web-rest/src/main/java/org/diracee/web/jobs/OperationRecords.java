/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.diracee.client.wire.OperationProblem;
import org.diracee.client.wire.OperationRecord;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.StartJobAction;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.operation.boundary.ItemProblem;
import org.diracee.wms.operation.boundary.JobAction;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.StartAction;

/** Translates operations. */
final class OperationRecords {

    private OperationRecords() {}

    static StartAction request(StartJobAction request) {
        JobAction action = JobAction.ofText(request.action())
                .orElseThrow(() -> new InvalidRequest(
                        "action: '" + request.action() + "' is unknown; known are " + JobAction.ALL));
        return new StartAction(
                action,
                request.priority().map(OptionalInt::of).orElse(OptionalInt.empty()),
                SearchRecords.filters(request.search()));
    }

    static OperationRecord record(OperationView view) {
        OptionalInt priority = view.request().priority();
        return new OperationRecord(
                view.id(),
                view.request().action().text(),
                priority.isPresent() ? Optional.of(priority.getAsInt()) : Optional.empty(),
                conditions(view.request().filters()),
                view.owner().text(),
                view.ownerGroup().text(),
                view.vo().text(),
                view.state().text(),
                view.reason(),
                view.total().isPresent() ? Optional.of(view.total().getAsLong()) : Optional.empty(),
                view.done(),
                view.failed(),
                view.node(),
                view.created(),
                view.started(),
                view.ended(),
                view.expectedEnd());
    }

    static OperationProblem record(ItemProblem problem) {
        return new OperationProblem(
                problem.job().number(),
                problem.problem().code().name(),
                problem.problem().detail());
    }

    private static List<SearchCondition> conditions(List<JobQuery.Filter> filters) {
        List<SearchCondition> conditions = new ArrayList<>();
        for (JobQuery.Filter filter : filters) {
            conditions.add(new SearchCondition(
                    filter.parameter(),
                    filter.operator(),
                    filter.value().map(Object.class::cast),
                    filter.values().map(List::<Object>copyOf)));
        }
        return conditions;
    }
}
