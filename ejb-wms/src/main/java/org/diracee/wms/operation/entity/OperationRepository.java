/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.schema.boundary.SqlStatement.Row;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.operation.entity.OperationRow.Condition;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The stored operations. */
@ApplicationScoped
public class OperationRepository {

    private static final String COLUMNS =
            "select id, vo, owner, owner_group, subject, properties, action, priority, state, reason, total, done, failed, after_job,"
                    + " last_job, span, tries, node, created, started, ended from wms.operation ";

    private EntityManager entities;

    protected OperationRepository() {} // for the container's proxy

    @Inject
    public OperationRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Adds an operation of which nothing is done yet; tells its id. */
    public long add(NewOperation added, List<Condition> conditions, Instant now) {
        long id = statement("""
                        insert into wms.operation (vo, owner, owner_group, subject, properties, action, priority, state,
                            total, last_job, created, advanced)
                        values (?, ?, ?, ?, ?, ?, nullif(?, -1), 'Waiting', ?, ?, ?, ?) returning id""")
                .text(added.vo())
                .text(added.owner())
                .text(added.ownerGroup())
                .text(added.subject())
                .texts(added.properties())
                .text(added.action())
                .number(added.priority())
                .numberOrNull(added.total().isPresent() ? added.total().getAsLong() : null)
                .number(added.lastJob())
                .instant(now)
                .instant(now)
                .rows(row -> row.number("id"))
                .get(0);
        for (int place = 0; place < conditions.size(); place++) {
            Condition condition = conditions.get(place);
            statement("""
                            insert into wms.operation_condition (operation_id, place, parameter, operator, value, listed)
                            values (?, ?, ?, ?, ?, case when ? then ?::text[] end)""")
                    .number(id)
                    .number(place)
                    .text(condition.parameter())
                    .text(condition.operator())
                    .text(condition.value())
                    .truth(condition.listed() != null)
                    .texts(condition.listed() == null ? List.of() : condition.listed())
                    .run();
        }
        return id;
    }

    public Optional<OperationRow> find(long id) {
        return statement(COLUMNS + "where id = ?").number(id).rows(OperationRepository::row).stream()
                .findFirst();
    }

    /** The operation, locked until the transaction ends. */
    public Optional<OperationRow> lock(long id) {
        return statement(COLUMNS + "where id = ? for update").number(id).rows(OperationRepository::row).stream()
                .findFirst();
    }

    /** The operation, locked until the transaction ends; empty if another transaction has it. */
    public Optional<OperationRow> lockFree(long id) {
        return statement(COLUMNS + "where id = ? for update skip locked")
                .number(id)
                .rows(OperationRepository::row)
                .stream()
                .findFirst();
    }

    /** Those of one person with ids below, the newest first. */
    public List<OperationRow> of(String vo, String subject, long below, int limit) {
        return statement(COLUMNS + "where vo = ? and subject = ? and id < ? order by id desc limit ?")
                .text(vo)
                .text(subject)
                .number(below)
                .number(limit)
                .rows(OperationRepository::row);
    }

    /** How many of one person have not ended. */
    public long open(String vo, String subject) {
        return statement("select count(*) as open from wms.operation where vo = ? and subject = ? and ended is null")
                .text(vo)
                .text(subject)
                .rows(row -> row.number("open"))
                .get(0);
    }

    /** The one that has waited longest for its next portion. */
    public Optional<Long> next() {
        return statement("select id from wms.operation where ended is null order by advanced, id limit 1")
                .rows(row -> row.number("id"))
                .stream()
                .findFirst();
    }

    public List<Condition> conditions(long id) {
        return statement("select parameter, operator, value, listed is not null as lists,"
                        + " coalesce(listed, '{}') as listed from wms.operation_condition"
                        + " where operation_id = ? order by place")
                .number(id)
                .rows(row -> new Condition(
                        row.text("parameter"),
                        row.text("operator"),
                        row.textOrNull("value"),
                        row.truth("lists") ? row.texts("listed") : null));
    }

    /** Keeps how far the operation has come. */
    public void advance(long id, long afterJob, long done, long failed, String node, Instant now) {
        statement("""
                        update wms.operation set state = 'Running', after_job = ?, done = done + ?, failed = failed + ?,
                            tries = 0, node = ?, started = coalesce(started, ?), advanced = ? where id = ?""")
                .number(afterJob)
                .number(done)
                .number(failed)
                .text(node)
                .instant(now)
                .instant(now)
                .number(id)
                .run();
    }

    /** Notes that the next portion failed once more. */
    public void stumble(long id, Instant now) {
        statement("update wms.operation set tries = tries + 1, advanced = ? where id = ? and ended is null")
                .instant(now)
                .number(id)
                .run();
    }

    /** The next portion is searched among so many ids. */
    public void search(long id, long span, Instant now) {
        statement("update wms.operation set span = ?, advanced = ? where id = ? and ended is null")
                .number(span)
                .instant(now)
                .number(id)
                .run();
    }

    /** Ends an operation; one that is done has found what it has dealt with, if nobody knew before. */
    public void end(long id, String state, @Nullable String reason, Instant now) {
        statement("""
                        update wms.operation set state = ?, reason = ?, ended = ?,
                            total = case when ? = 'Done' then coalesce(total, done + failed) else total end
                        where id = ? and ended is null""")
                .text(state)
                .text(reason)
                .instant(now)
                .text(state)
                .number(id)
                .run();
    }

    public void addProblems(long id, Map<JobId, Problem> problems) {
        List<Map.Entry<JobId, Problem>> entries = new ArrayList<>(problems.entrySet());
        if (!entries.isEmpty()) {
            statement("""
                            insert into wms.operation_problem (operation_id, job_id, code, detail)
                            select ?, * from unnest(?::bigint[], ?::text[], ?::text[])""")
                    .number(id)
                    .numbers(entries, entry -> entry.getKey().number())
                    .texts(entries, entry -> entry.getValue().code().name())
                    .texts(entries, entry -> entry.getValue().detail())
                    .run();
        }
    }

    /** Problems of jobs with higher ids. */
    public List<JobProblem> problems(long id, long after, int limit) {
        return statement("""
                        select job_id, code, detail from wms.operation_problem
                        where operation_id = ? and job_id > ? order by job_id limit ?""")
                .number(id)
                .number(after)
                .number(limit)
                .rows(row -> new JobProblem(new JobId(row.number("job_id")), row.text("code"), row.text("detail")));
    }

    /** Forgets at most this many that ended before; tells how many. */
    public int forget(Instant endedBefore, int limit) {
        return statement("""
                        delete from wms.operation where id in (
                            select id from wms.operation where ended < ? order by ended limit ? for update skip locked)""").instant(endedBefore).number(limit).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    private static OperationRow row(Row row) throws SQLException {
        return new OperationRow(
                row.number("id"),
                row.text("vo"),
                row.text("owner"),
                row.text("owner_group"),
                row.text("subject"),
                row.texts("properties"),
                row.text("action"),
                row.numberOrNull("priority"),
                row.text("state"),
                row.textOrNull("reason"),
                row.numberOrNull("total"),
                row.number("done"),
                row.number("failed"),
                row.number("after_job"),
                row.number("last_job"),
                row.numberOrNull("span"),
                row.integer("tries"),
                row.textOrNull("node"),
                row.instant("created"),
                row.instantOrNull("started"),
                row.instantOrNull("ended"));
    }

    /**
     * What is new.
     *
     * @param priority -1 for none
     */
    public record NewOperation(
            String vo,
            String owner,
            String ownerGroup,
            String subject,
            List<String> properties,
            String action,
            int priority,
            OptionalLong total,
            long lastJob) {}

    /** Why it could not be done to one job. */
    public record JobProblem(JobId job, String code, String detail) {}
}
