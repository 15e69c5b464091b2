/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.audit.entity.AuditRepository;
import org.diracee.framework.audit.entity.AuditedFact;
import org.diracee.kernel.access.OpenAccess;

/** Writes and drops rows of the audit log in transactions of their own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditRecords {

    private AuditRepository repository;
    private Clock clock;

    protected AuditRecords() {} // for the container's proxy

    @Inject
    public AuditRecords(AuditRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @OpenAccess("called by the timer that writes refusals")
    public void add(List<AuditedFact> facts) {
        repository.add(facts);
    }

    /** Makes the partitions of this month and the ones after it, as far as they are missing. */
    @OpenAccess("called by the agent")
    public void ensureMonths(int months) {
        repository.ensureMonths(clock.instant(), months);
    }

    /** Drops the months that are wholly older than this; tells how many. */
    @OpenAccess("called by the agent")
    public int dropOlderThan(Duration retention) {
        return repository.dropBefore(clock.instant().minus(retention));
    }
}
