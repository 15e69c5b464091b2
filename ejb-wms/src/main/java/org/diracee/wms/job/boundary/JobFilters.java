/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.ArrayList;
import java.util.List;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.control.SearchRules;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobSearchRepository;

/** Makes conditions of what callers ask for. */
final class JobFilters {

    private JobFilters() {}

    /** @throws InvalidSearch if a filter makes no sense */
    static List<JobCondition> conditions(List<JobQuery.Filter> filters, JobSearchRepository search) {
        List<JobCondition> asked = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            JobQuery.Filter filter = filters.get(i);
            asked.add(SearchRules.condition(i, filter.parameter(), filter.operator(), filter.value(), filter.values()));
        }
        SearchRules.requireOneKey(asked);
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) instanceof JobCondition.TextCompared compared
                    && compared.comparison() == JobCondition.TextComparison.REGEX
                    && !search.isRegex(compared.value())) {
                throw SearchRules.brokenRegex(i, filters.get(i).parameter(), compared.value());
            }
        }
        return asked;
    }
}
