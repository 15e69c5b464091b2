/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.List;

/**
 * Requests that the stager is to forget, of those that were looked through.
 *
 * @param next where the next look begins; 0 after all were looked through
 */
public record AbandonedRequests(List<Long> requests, long next) {

    public AbandonedRequests {
        requests = List.copyOf(requests);
    }
}
