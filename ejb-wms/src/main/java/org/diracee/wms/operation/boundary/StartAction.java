/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import java.util.List;
import java.util.OptionalInt;
import org.diracee.wms.job.boundary.JobQuery;

/**
 * Asks for something to be done to all jobs that meet the filters.
 *
 * @param priority of {@link JobAction#SET_PRIORITY} alone
 */
public record StartAction(JobAction action, OptionalInt priority, List<JobQuery.Filter> filters) {
    public StartAction {
        filters = List.copyOf(filters);
    }
}
