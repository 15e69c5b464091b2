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
import java.util.List;
import org.diracee.framework.audit.control.Refusals;
import org.diracee.framework.audit.entity.AuditRepository;
import org.diracee.framework.audit.entity.AuditedFact;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;

/**
 * Keeps what happens that concerns security. What is done is written in the caller's transaction: both or neither. What is refused
 * is written within a second, in a transaction of its own, equal refusals as one row: they may come in floods, and nobody waits
 * for them.
 */
@Stateless
public class SecurityAudit {

    private static final String CALLED_BY_SERVICES = "called by services for what they do";

    private AuditRepository repository;
    private Refusals refusals;
    private Clock clock;

    protected SecurityAudit() {} // for the container's proxy

    @Inject
    public SecurityAudit(AuditRepository repository, Refusals refusals, Clock clock) {
        this.repository = repository;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Keeps, with the caller's transaction, that the caller did this. */
    @OpenAccess(CALLED_BY_SERVICES)
    public void record(Caller caller, AuditAct act, String target, String detail) {
        record(AuditedAct.done(act, AuditActor.of(caller), target, detail));
    }

    /** Keeps this with the caller's transaction: what was done, or a refusal that changed something. */
    @OpenAccess(CALLED_BY_SERVICES)
    public void record(AuditedAct act) {
        record(List.of(new AuditedOfRequest(RequestOrigin.current(), act)));
    }

    /** Keeps all of this with the caller's transaction, by one statement. */
    @OpenAccess(CALLED_BY_SERVICES)
    public void record(List<AuditedOfRequest> acts) {
        if (!acts.isEmpty()) {
            repository.add(acts.stream()
                    .map(act -> AuditedFact.of(act.act(), act.origin(), clock.instant()))
                    .toList());
        }
    }

    /** Keeps, soon and whatever becomes of the caller's transaction, that this was refused. Does not touch the database. */
    @OpenAccess(CALLED_BY_SERVICES)
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refused(Caller caller, AuditAct act, String target, String detail) {
        refused(AuditedAct.refused(act, AuditActor.of(caller), target, detail));
    }

    /** Keeps, soon and whatever becomes of the caller's transaction, that this was refused. Does not touch the database. */
    @OpenAccess(CALLED_BY_SERVICES)
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public void refused(AuditedAct act) {
        refusals.add(AuditedFact.of(act, RequestOrigin.current(), clock.instant()));
    }
}
