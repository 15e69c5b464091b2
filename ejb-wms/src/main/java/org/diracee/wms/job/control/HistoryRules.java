/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;

/** What may be asked of the history of jobs. */
public final class HistoryRules {

    private static final String COUNTED = Arrays.stream(JobColumn.values())
            .filter(JobColumn::isCounted)
            .map(JobColumn::diracName)
            .collect(Collectors.joining(", "));

    private HistoryRules() {}

    /** The columns that series are told apart by. */
    public static List<JobColumn> grouping(List<String> names) {
        List<JobColumn> columns = names.isEmpty() ? List.of() : SearchRules.grouping(names);
        for (JobColumn column : columns) {
            if (!column.isCounted()) {
                throw unknown("grouping[" + names.indexOf(column.diracName()) + "]", column.diracName());
            }
        }
        return columns;
    }

    /** @throws InvalidSearch if the history does not know what the condition is about */
    public static void requireCounted(int index, String parameter, JobCondition condition) {
        if (!condition.isCounted()) {
            throw unknown("search[" + index + "].parameter", parameter);
        }
    }

    private static InvalidSearch unknown(String field, String name) {
        return new InvalidSearch(field, "'" + name + "' is not in the history of jobs; known are " + COUNTED);
    }
}
