/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.suspension.boundary.SuspendedKind;
import org.diracee.framework.suspension.boundary.Suspension;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.hibernate.Session;

/** The suspensions in force as stored. */
@ApplicationScoped
public class SuspensionRepository {

    private EntityManager entities;

    protected SuspensionRepository() {} // for the container's proxy

    @Inject
    public SuspensionRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public List<Suspension> all() {
        return statement("select * from framework.suspension order by id").rows(SuspensionRepository::row);
    }

    public Optional<Suspension> find(long id) {
        return statement("select * from framework.suspension where id = ? for update")
                .number(id)
                .rows(SuspensionRepository::row)
                .stream()
                .findFirst();
    }

    public Optional<Suspension> find(SuspensionTarget target) {
        return statement("select * from framework.suspension where kind = ? and vo = ? and name = ? for update")
                .text(target.kind().name())
                .text(target.vo())
                .text(target.name())
                .rows(SuspensionRepository::row)
                .stream()
                .findFirst();
    }

    /** Adds a suspension, or takes over one of an administrator of a VO. */
    public Suspension put(
            SuspensionTarget target, String reason, String author, String actor, boolean everywhere, Instant since) {
        return statement("""
                        insert into framework.suspension (kind, vo, name, reason, author, actor, everywhere, since)
                        values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (kind, vo, name) do update
                        set reason = excluded.reason, author = excluded.author, actor = excluded.actor,
                            everywhere = excluded.everywhere, since = excluded.since
                        returning *""")
                .text(target.kind().name())
                .text(target.vo())
                .text(target.name())
                .text(reason)
                .text(author)
                .text(actor)
                .truth(everywhere)
                .instant(since)
                .rows(SuspensionRepository::row)
                .get(0);
    }

    public void delete(long id) {
        statement("delete from framework.suspension where id = ?").number(id).run();
    }

    private static Suspension row(SqlStatement.Row row) throws SQLException {
        return new Suspension(
                row.number("id"),
                new SuspensionTarget(SuspendedKind.valueOf(row.text("kind")), row.text("vo"), row.text("name")),
                row.text("reason"),
                row.text("author"),
                row.text("actor"),
                row.truth("everywhere"),
                row.instant("since"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
