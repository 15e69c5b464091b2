/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.diracee.framework.schema.boundary.FrameworkUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.hibernate.Session;

/** The audit log as stored: partitions of a month each. */
@ApplicationScoped
public class AuditRepository {

    private EntityManager entities;

    protected AuditRepository() {} // for the container's proxy

    @Inject
    public AuditRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Adds all, by one statement. */
    public void add(List<AuditedFact> facts) {
        statement("""
                        insert into framework.audit (at, act, outcome, times, vo, actor, username, user_group,
                            credential_kind, credential, client, target, address, request_id, detail)
                        select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .instants(facts, AuditedFact::at)
                .texts(facts, fact -> fact.act().act().wireName())
                .texts(facts, fact -> fact.act().outcome().name())
                .numbers(facts, fact -> (long) fact.times())
                .texts(facts, fact -> fact.act().actor().vo())
                .texts(facts, fact -> fact.act().actor().identity())
                .texts(facts, fact -> fact.act().actor().username())
                .texts(facts, fact -> fact.act().actor().group())
                .texts(facts, fact -> fact.act().actor().credential().kind().name())
                .texts(facts, fact -> fact.act().actor().credential().id())
                .texts(facts, fact -> fact.act().actor().credential().actor().orElse(""))
                .texts(facts, fact -> fact.act().target())
                .texts(facts, fact -> fact.origin().address())
                .texts(facts, fact -> fact.origin().requestId())
                .texts(facts, fact -> fact.act().detail())
                .run();
    }

    /** Makes the partitions of this month and the ones after it, as far as they are missing. */
    public void ensureMonths(Instant now, int months) {
        for (int month = 0; month < months; month++) {
            String day = now.atZone(ZoneOffset.UTC)
                    .withDayOfMonth(1)
                    .plusMonths(month)
                    .toLocalDate()
                    .toString();
            statement("select framework.ensure_audit_month(cast(? as date))")
                    .text(day)
                    .rows(row -> true);
        }
    }

    /** Drops the months that ended before; tells how many. */
    public int dropBefore(Instant oldest) {
        return statement("select framework.drop_audit_before(?) as dropped")
                .instant(oldest)
                .rows(row -> row.integer("dropped"))
                .get(0);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
