/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.ban.boundary.BanTarget;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The bans as stored. */
@ApplicationScoped
public class BanRepository {

    private EntityManager entities;

    protected BanRepository() {} // for the container's proxy

    @Inject
    public BanRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Those that nobody has lifted, some of which may have ended by themselves. */
    public List<Ban> unlifted() {
        return statement("select * from wms.ban where lifted is null order by id")
                .rows(BanRepository::row);
    }

    /** Lets nobody else ban or allow this until the transaction ends. */
    public void guard(BanTarget target, Optional<VoName> vo) {
        statement("select pg_advisory_xact_lock(hashtextextended('wms.ban ' || ?, 0)) is null as locked")
                .text(target.kind().name() + "/" + text(vo) + "/" + target.name())
                .rows(row -> true);
    }

    /** The one of this place for this VO, or for all, if it has not been lifted. */
    public Optional<Ban> unlifted(BanTarget target, Optional<VoName> vo) {
        return statement("select * from wms.ban where kind = ? and name = ? and vo = ? and lifted is null for update")
                .text(target.kind().name())
                .text(target.name())
                .text(text(vo))
                .rows(BanRepository::row)
                .stream()
                .findFirst();
    }

    public Optional<Ban> find(long id) {
        return statement("select * from wms.ban where id = ? for update").number(id).rows(BanRepository::row).stream()
                .findFirst();
    }

    /** Those of a place, the newest first, with smaller ids; of one VO's those that concern it. */
    public List<Ban> history(BanTarget target, Optional<VoName> vo, long before, int limit) {
        return statement("select * from wms.ban where kind = ? and name = ? and id < ? and (? or vo in ('', ?))"
                        + " order by id desc limit ?")
                .text(target.kind().name())
                .text(target.name())
                .number(before)
                .truth(vo.isEmpty())
                .text(text(vo))
                .number(limit)
                .rows(BanRepository::row);
    }

    public Ban add(
            BanTarget target,
            Optional<VoName> vo,
            String reason,
            String author,
            boolean bySite,
            Instant since,
            Optional<Instant> until) {
        return statement("""
                        insert into wms.ban (kind, name, vo, reason, author, by_site, since, until)
                        values (?, ?, ?, ?, ?, ?, ?, ?) returning *""")
                .text(target.kind().name())
                .text(target.name())
                .text(text(vo))
                .text(reason)
                .text(author)
                .truth(bySite)
                .instant(since)
                .instant(until.orElse(null))
                .rows(BanRepository::row)
                .get(0);
    }

    /** Notes how a ban has ended. */
    public void end(long id, Ban.End end) {
        statement("update wms.ban set lifted = ?, lifted_by = ?, lifted_reason = ? where id = ?")
                .instant(end.at())
                .text(end.author())
                .text(end.reason())
                .number(id)
                .run();
    }

    private static String text(Optional<VoName> vo) {
        return vo.map(VoName::text).orElse("");
    }

    private static Ban row(SqlStatement.Row row) throws SQLException {
        Optional<Instant> lifted = Optional.ofNullable(row.instantOrNull("lifted"));
        String vo = row.text("vo");
        return new Ban(
                row.number("id"),
                new BanTarget(BannedKind.valueOf(row.text("kind")), row.text("name")),
                vo.isEmpty() ? Optional.empty() : Optional.of(new VoName(vo)),
                row.text("reason"),
                row.text("author"),
                row.truth("by_site"),
                row.instant("since"),
                Optional.ofNullable(row.instantOrNull("until")),
                lifted.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Ban.End(
                                lifted.get(),
                                Objects.requireNonNullElse(row.textOrNull("lifted_by"), ""),
                                Objects.requireNonNullElse(row.textOrNull("lifted_reason"), ""))));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
