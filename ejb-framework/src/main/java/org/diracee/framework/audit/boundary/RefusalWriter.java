/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.diracee.framework.audit.control.Refusals;
import org.diracee.framework.audit.entity.AuditedFact;
import org.diracee.kernel.access.OpenAccess;

/** Writes this node's refusals to the audit log, every second. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RefusalWriter {

    private Refusals refusals;
    private AuditRecords records;
    private Clock clock;

    protected RefusalWriter() {} // for the container's proxy

    @Inject
    public RefusalWriter(Refusals refusals, AuditRecords records, Clock clock) {
        this.refusals = refusals;
        this.records = records;
        this.clock = clock;
    }

    /** Writes what waits; a database that is away gets it later. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    @OpenAccess("called by the timer")
    public void write() {
        List<AuditedFact> facts = refusals.take(clock.instant());
        if (facts.isEmpty()) {
            return;
        }
        try {
            records.add(facts);
        } catch (RuntimeException failed) {
            if (isOfTheData(failed)) {
                facts.forEach(this::alone);
            } else {
                later(facts, failed);
            }
        }
    }

    /** One that the database does not take must not hold up the others. */
    private void alone(AuditedFact fact) {
        try {
            records.add(List.of(fact));
        } catch (RuntimeException failed) {
            if (isOfTheData(failed)) {
                LOG.refusalNotAudited(fact.act().act().wireName(), failed);
            } else {
                later(List.of(fact), failed);
            }
        }
    }

    private void later(List<AuditedFact> facts, RuntimeException databaseDown) {
        LOG.debugf(databaseDown, "%d refusals wait for the audit log", facts.size());
        refusals.takeBack(facts);
    }

    /** Whether the database did answer, and would answer the same again: a value or a constraint is at fault. */
    private static boolean isOfTheData(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException told
                    && told.getSQLState() != null
                    && (told.getSQLState().startsWith("22")
                            || told.getSQLState().startsWith("23"))) {
                return true;
            }
        }
        return false;
    }
}
