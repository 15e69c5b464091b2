/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.hibernate.Session;

/**
 * The task queues in the database.
 *
 * <p>A queue without waiting jobs is closed, so that matching need not look at it, and opened by the next job. A queue is
 * guarded by an advisory lock on its digest: shared by transactions that add jobs, exclusive for the one that closes it.
 */
@ApplicationScoped
public class TaskQueueRepository {

    private static final String DEFINITION = """
            queue.id, queue.digest, queue.vo, queue.owner, queue.owner_group, queue.cpu_time, queue.sites,
            queue.banned_sites, queue.grid_ces, queue.platforms, queue.job_types, queue.tags, queue.priority,
            queue.enabled
            """;

    private EntityManager entities;

    protected TaskQueueRepository() {} // for the container's proxy

    @Inject
    public TaskQueueRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Keeps the queues from being closed until this transaction ends. */
    public void guard(Collection<String> digests) {
        statement("select pg_advisory_xact_lock_shared(hashtextextended('wms.task_queue ' || digest, 0))::text "
                        + "from unnest(?::text[]) digest")
                .texts(digests)
                .rows(row -> true);
    }

    public List<QueueRow> find(Collection<String> digests) {
        return statement("select id, digest, enabled, sites from wms.task_queue where digest = any(?)")
                .texts(digests)
                .rows(TaskQueueRepository::row);
    }

    public List<QueueRow> findById(Collection<Long> ids) {
        return statement("select id, digest, enabled, sites from wms.task_queue where id = any(?)")
                .numbers(ids)
                .rows(TaskQueueRepository::row);
    }

    public void open(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            statement("update wms.task_queue set enabled = true, priority_due = true where id = any(?) and not enabled")
                    .numbers(ids)
                    .run();
        }
    }

    /** Adds the queue unless another transaction does so; waits for that one. */
    public void add(QueueDefinition queue, Instant now) {
        statement("""
                        insert into wms.task_queue (digest, vo, owner, owner_group, cpu_time, sites, banned_sites,
                            grid_ces, platforms, job_types, tags, created)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (digest) do nothing""")
                .text(queue.digest())
                .text(queue.vo().text())
                .text(queue.owner().text())
                .text(queue.ownerGroup().text())
                .number(queue.cpuTime())
                .texts(queue.sites())
                .texts(queue.bannedSites())
                .texts(queue.gridCes())
                .texts(queue.platforms())
                .texts(queue.jobTypes())
                .texts(queue.tags())
                .instant(now)
                .run();
    }

    /**
     * The queues that were added, opened, closed or changed.
     *
     * @param following what {@link Changes#next()} said the time before; 0 for all
     */
    public Changes changedSince(String following) {
        // what this transaction itself has changed may come to nothing; it is read the next time
        List<Change> rows = changing("", following)
                .rows(row -> new Change(
                        row.text("next"),
                        row.numberOrNull("id") == null
                                ? Optional.empty()
                                : Optional.of(new ChangedQueue(queue(row), row.truth("enabled")))));
        return new Changes(
                rows.get(0).next(),
                rows.stream().flatMap(row -> row.queue().stream()).toList());
    }

    SqlStatement changing(String prefix, String following) {
        return statement(prefix + "select pg_snapshot_xmin(pg_current_snapshot())::text as next, " + DEFINITION + """
                         from (values (1)) one left join wms.task_queue queue on queue.changed >= ?::xid8
                            and queue.changed is distinct from pg_current_xact_id_if_assigned()""")
                .text(following);
    }

    private record Change(String next, Optional<ChangedQueue> queue) {}

    /**
     * What has changed up to a moment.
     *
     * @param next where to go on: what changes later, or has changed and is not committed yet, is read from there
     */
    public record Changes(String next, List<ChangedQueue> queues) {}

    /** A queue as it is now. */
    public record ChangedQueue(OpenQueue queue, boolean open) {}

    public Optional<OpenQueue> definition(long id) {
        return statement("select " + DEFINITION + "from wms.task_queue queue where id = ?")
                .number(id)
                .rows(TaskQueueRepository::queue)
                .stream()
                .findFirst();
    }

    /** Numbers of waiting jobs, counted up to a bound, by queue; queues without are left out. */
    public Map<Long, Integer> waiting(Collection<OpenQueue> queues, int bound) {
        if (queues.isEmpty()) {
            return Map.of();
        }
        return statement("""
                        select queue, waiting.jobs from unnest(?::bigint[]) queue cross join lateral (
                            select count(*) as jobs from (
                                select from wms.job where task_queue_id = queue and status = 'Waiting' limit ?) job)
                            as waiting
                        where waiting.jobs > 0""")
                .numbers(queues, OpenQueue::id)
                .number(bound)
                .rows(row -> Map.entry(row.number("queue"), row.integer("jobs")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Open queues without a waiting job that nobody guards, now locked against new jobs until this transaction ends. */
    public List<Long> lockIdle(int limit) {
        return statement("""
                        with idle as materialized (
                            select id, digest from wms.task_queue queue
                            where enabled and not exists (
                                select from wms.job where task_queue_id = queue.id and status = 'Waiting')
                            order by id limit ?)
                        select id from idle
                        where pg_try_advisory_xact_lock(hashtextextended('wms.task_queue ' || digest, 0))""").number(limit).rows(row -> row.number("id"));
    }

    /** Closes those of the locked queues that are idle still. */
    public int close(Collection<Long> locked) {
        // a statement of its own: only its snapshot is newer than the locks
        return statement("""
                        update wms.task_queue queue set enabled = false
                        where id = any(?) and enabled and not exists (
                            select from wms.job where task_queue_id = queue.id and status = 'Waiting')""").numbers(locked).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    private static OpenQueue queue(SqlStatement.Row row) throws SQLException {
        return new OpenQueue(
                row.number("id"),
                new QueueDefinition(
                        row.text("digest"),
                        new VoName(row.text("vo")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        row.number("cpu_time"),
                        row.texts("sites"),
                        row.texts("banned_sites"),
                        row.texts("grid_ces"),
                        row.texts("platforms"),
                        row.texts("job_types"),
                        row.texts("tags")),
                row.real("priority"));
    }

    private static QueueRow row(SqlStatement.Row row) throws SQLException {
        return new QueueRow(row.number("id"), row.text("digest"), row.truth("enabled"), row.texts("sites"));
    }

    /** A queue as those who add jobs to it need it. */
    public record QueueRow(long id, String digest, boolean open, List<String> sites) {}
}
