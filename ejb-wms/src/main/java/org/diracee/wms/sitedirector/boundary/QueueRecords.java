/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.sitedirector.entity.QueueStateRepository;

/** Keeps what the site director noted of queues, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {

    private static final Duration HOURS_KEPT = Duration.ofDays(30);

    private QueueStateRepository rows;

    protected QueueRecords() {} // for the container's proxy

    @Inject
    public QueueRecords(QueueStateRepository rows) {
        this.rows = rows;
    }

    /** Keeps the states and adds the numbers, all or none, and forgets those of a month ago. */
    @OpenAccess("called by the site director")
    public void keep(Collection<QueueState> states, Collection<SubmissionCount> counts, Instant now) {
        rows.keep(states);
        if (!counts.isEmpty()) {
            rows.count(counts);
            rows.forget(now.minus(HOURS_KEPT));
        }
    }
}
