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
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.entity.AuditRepository;
import org.diracee.framework.audit.entity.AuditedFact;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;

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

    /** The rows that the query asks for, the newest first. */
    @OpenAccess("called by services that check whose rows the caller may see")
    public Page<AuditRow> find(AuditQuery query, PageRequest page) {
        List<AuditRow> found = repository.find(query, page.cursor().map(AuditCursor::parse), page.limit() + 1);
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<AuditRow> shown = found.subList(0, page.limit());
        return new Page<>(shown, Optional.of(shown.get(shown.size() - 1).place().text()));
    }

    /** Makes the partition of the month that is so many after this one, if it is missing. */
    @OpenAccess("called by the agent")
    public void ensureMonth(int monthsAhead) {
        repository.ensureMonth(month(monthsAhead));
    }

    private YearMonth month(int monthsAhead) {
        return YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).plusMonths(monthsAhead);
    }

    /** Drops the months that are wholly older than this; tells how many. */
    @OpenAccess("called by the agent")
    public int dropOlderThan(Duration retention) {
        return repository.dropBefore(clock.instant().minus(retention));
    }
}
