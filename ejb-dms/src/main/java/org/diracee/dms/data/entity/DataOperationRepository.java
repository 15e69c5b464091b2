/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.data.boundary.DataOperationKind;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.data.entity.DataOperationRow.Progress;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;

/** Operations on data, and who works on which. */
@ApplicationScoped
public class DataOperationRepository {

    private EntityManager entities;

    protected DataOperationRepository() {} // for the container's proxy

    @Inject
    public DataOperationRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Writes an operation down, whose plan has no number yet; empty if another one is open at its place, or uploads the same LFN. */
    public OptionalLong add(Plan plan, Progress progress) {
        return statement("""
                        insert into dms.data_operation (kind, state, vo, owner, owner_group, lfn, se, source, thorough, size,
                            adler32, sha256, guid, begun, next_look, deadline, created)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?, ?, ?, ?)
                        on conflict do nothing returning id""")
                .text(plan.kind().name())
                .text(progress.state().name())
                .text(plan.vo().text())
                .text(plan.owner().text())
                .text(plan.group().text())
                .text(plan.lfn().text())
                .text(plan.se().text())
                .text(plan.source().map(SeName::text).orElse(null))
                .truth(plan.thorough())
                .number(plan.size())
                .text(plan.checksums().adler32().orElse(null))
                .text(plan.checksums().sha256().orElse(null))
                .text(plan.guid().map(UUID::toString).orElse(null))
                .truth(progress.begun())
                .instant(progress.nextLook().orElse(null))
                .instant(plan.deadline())
                .instant(plan.created())
                .rows(row -> row.number("id"))
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The operations of these numbers. */
    public List<DataOperationRow> find(Collection<Long> ids) {
        return statement("select * from dms.data_operation where id = any(?) order by id")
                .numbers(ids)
                .rows(DataOperationRepository::row);
    }

    /** The operation, held until the transaction ends. */
    public Optional<DataOperationRow> hold(long id) {
        return statement("select * from dms.data_operation where id = ? for update")
                .number(id)
                .rows(DataOperationRepository::row)
                .stream()
                .findFirst();
    }

    /** What is open at a place, or uploads the LFN wherever to. */
    public Optional<DataOperationRow> openAt(SeName se, Lfn lfn) {
        return statement("""
                        select * from dms.data_operation
                        where lfn = ? and (se = ? or kind = 'UPLOAD') and ended is null order by se = ? desc limit 1""")
                .text(lfn.text())
                .text(se.text())
                .text(se.text())
                .rows(DataOperationRepository::row)
                .stream()
                .findFirst();
    }

    /** Holds what is open for these files until the transaction ends; whoever changes the files, too, does this first. */
    public void holdOpen(Collection<Lfn> lfns) {
        statement("select id from dms.data_operation where lfn = any(?) and ended is null order by id for update")
                .texts(lfns, Lfn::text)
                .rows(row -> row.number("id"));
    }

    /** Lets a removal, which is open, take the file with its last replica. */
    public void makeThorough(long id) {
        statement("update dms.data_operation set thorough = true where id = ?")
                .number(id)
                .run();
    }

    /** Takes up what is due, but at most so many; each is due again when the claim runs out. */
    public List<DataOperationRow> claim(Instant now, Instant claimedUntil, int limit) {
        return statement("""
                        update dms.data_operation operation set claim = claim + 1, next_look = ?,
                            attempts = attempts + case when kind <> 'UPLOAD' or state = 'CLEANING' then 1 else 0 end,
                            state = case when state = 'WAITING' and kind <> 'UPLOAD' then 'RUNNING' else state end
                        where id in (
                            select id from dms.data_operation where next_look <= ?
                            order by next_look limit ? for update skip locked)
                        returning operation.*""").instant(claimedUntil).instant(now).number(limit).rows(DataOperationRepository::row);
    }

    /** Prolongs claims, by operation; not of what its worker has just put back. */
    public void prolong(Map<Long, Long> claims, Instant claimedUntil) {
        statement("""
                        update dms.data_operation operation set next_look = ?
                        from unnest(?::bigint[], ?::bigint[]) held(id, claim)
                        where operation.id = held.id and operation.claim = held.claim and state in ('RUNNING', 'CLEANING')""")
                .instant(claimedUntil)
                .numbers(claims.keySet())
                .numbers(claims.values())
                .run();
    }

    /** Writes down how far an operation is, which the transaction holds. */
    public void save(DataOperationRow operation) {
        Progress progress = operation.progress();
        statement("""
                        update dms.data_operation set state = ?, begun = ?, attempts = ?, claim = ?, next_look = ?,
                            access_until = ?, arrived = ?, ending = ?, failure = ?, ended = ? where id = ?""")
                .text(progress.state().name())
                .truth(progress.begun())
                .number(progress.attempts())
                .number(progress.claim())
                .instant(progress.nextLook().orElse(null))
                .instant(progress.accessUntil().orElse(null))
                .text(progress.arrived().orElse(null))
                .text(progress.ending().map(DataOperationState::name).orElse(null))
                .text(progress.failure().orElse(null))
                .instant(progress.ended().orElse(null))
                .number(operation.id())
                .run();
    }

    /** The user's operations, the newest first, those before a number. */
    public List<DataOperationRow> of(
            VoName vo,
            UserName owner,
            Optional<DataOperationKind> kind,
            Optional<DataOperationState> state,
            long before,
            int limit) {
        return statement("""
                        select * from dms.data_operation
                        where vo = ? and owner = ? and id < ? and kind = coalesce(?, kind) and state = coalesce(?, state)
                        order by id desc limit ?""")
                .text(vo.text())
                .text(owner.text())
                .number(before)
                .text(kind.map(DataOperationKind::name).orElse(null))
                .text(state.map(DataOperationState::name).orElse(null))
                .number(limit)
                .rows(DataOperationRepository::row);
    }

    /** Forgets what ended so long ago and needs no look any more; tells how many. */
    public int forget(Instant now, Duration kept, int limit) {
        return statement("""
                        delete from dms.data_operation where id in (
                            select id from dms.data_operation where ended < ? and next_look is null
                            order by ended limit ? for update skip locked)""").instant(now.minus(kept)).number(limit).run();
    }

    private static DataOperationRow row(SqlStatement.Row row) throws SQLException {
        return new DataOperationRow(
                new Plan(
                        row.number("id"),
                        DataOperationKind.valueOf(row.text("kind")),
                        new VoName(row.text("vo")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        new Lfn(row.text("lfn")),
                        new SeName(row.text("se")),
                        Optional.ofNullable(row.textOrNull("source")).map(SeName::new),
                        row.truth("thorough"),
                        row.number("size"),
                        new Checksums(
                                Optional.ofNullable(row.textOrNull("adler32")),
                                Optional.ofNullable(row.textOrNull("sha256"))),
                        Optional.ofNullable(row.textOrNull("guid")).map(UUID::fromString),
                        row.instant("deadline"),
                        row.instant("created")),
                new Progress(
                        DataOperationState.valueOf(row.text("state")),
                        row.truth("begun"),
                        row.integer("attempts"),
                        row.number("claim"),
                        Optional.ofNullable(row.instantOrNull("next_look")),
                        Optional.ofNullable(row.instantOrNull("access_until")),
                        Optional.ofNullable(row.textOrNull("arrived")),
                        Optional.ofNullable(row.textOrNull("ending")).map(DataOperationState::valueOf),
                        Optional.ofNullable(row.textOrNull("failure")),
                        Optional.ofNullable(row.instantOrNull("ended"))));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
