/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;

/**
 * Some of the jobs of a search, in the order of their ids.
 *
 * @param columns the names of the columns, as they are in every row
 * @param next behind which job to go on; empty: these were the last
 */
public record JobSlice(List<String> columns, List<Map<String, Optional<Object>>> rows, Optional<JobId> next) {

    public JobSlice {
        columns = List.copyOf(columns);
        rows = rows.stream()
                .<Map<String, Optional<Object>>>map(LinkedHashMap::new)
                .toList();
    }
}
