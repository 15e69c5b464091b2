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
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.WaitingQueue;
import org.hibernate.Session;

/**
 * The task queues in the database.
 *
 * <p>A queue without waiting jobs is closed, so that matching need not look at it, and opened by the next job. A queue is
 * guarded by an advisory lock on its digest: shared by transactions that add jobs, exclusive for the one that closes it.
 */
@ApplicationScoped
public class TaskQueueRepository {

    private static final String FITS = """
            queue.vo = ? and queue.enabled and queue.cpu_time <= ?
            and (queue.sites = '{}' or ?::text is null or ? = any(queue.sites))
            and (?::text is null or not ? = any(queue.banned_sites))
            and (queue.grid_ces = '{}' or ?::text is null or ? = any(queue.grid_ces))
            and (queue.platforms = '{}' or ?::text is null or ? = any(queue.platforms))
            and (queue.job_types = '{}' or ?::text[] = '{}' or queue.job_types && ?::text[])
            and queue.tags <@ ?::text[] and queue.tags @> ?::text[] and queue.owner <> all(?::text[])
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

    /** Ids of open queues that fit, in a random order weighted by their priority. */
    public List<Long> draw(
            VoName vo, ResourceOffer offer, Collection<String> heldOwners, Collection<Long> except, int limit) {
        return fitting(
                        "select id from wms.task_queue queue where " + FITS
                                + " and id <> all(?) order by -ln(1 - random()) / greatest(priority, 0.001) limit ?",
                        vo,
                        offer,
                        heldOwners)
                .numbers(except)
                .number(limit)
                .rows(row -> row.number("id"));
    }

    /** The open queues that fit, with their waiting jobs counted up to a bound. */
    public List<WaitingQueue> waiting(VoName vo, ResourceOffer offer, Collection<String> heldOwners, int bound) {
        String count = """
                select id, vo, owner, owner_group, cpu_time, priority, (
                    select count(*) from (
                        select 1 from wms.job where task_queue_id = queue.id and status = 'Waiting' limit ?) waiting)
                    as waiting
                from wms.task_queue queue where """;
        SqlStatement statement = statement(count + " " + FITS + " order by id").number(bound);
        return bind(statement, vo, offer, heldOwners)
                .rows(row -> new WaitingQueue(
                        row.number("id"),
                        new VoName(row.text("vo")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        row.number("cpu_time"),
                        row.real("priority"),
                        row.integer("waiting")));
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

    private SqlStatement fitting(String sql, VoName vo, ResourceOffer offer, Collection<String> heldOwners) {
        return bind(statement(sql), vo, offer, heldOwners);
    }

    private static SqlStatement bind(
            SqlStatement statement, VoName vo, ResourceOffer offer, Collection<String> heldOwners) {
        return statement
                .text(vo.text())
                .number(offer.cpuTime())
                .text(offer.site())
                .text(offer.site())
                .text(offer.site())
                .text(offer.site())
                .text(offer.gridCe())
                .text(offer.gridCe())
                .text(offer.platform())
                .text(offer.platform())
                .texts(offer.jobTypes())
                .texts(offer.jobTypes())
                .texts(offer.tags())
                .texts(offer.requiredTags())
                .texts(heldOwners);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    private static QueueRow row(SqlStatement.Row row) throws SQLException {
        return new QueueRow(row.number("id"), row.text("digest"), row.truth("enabled"), row.texts("sites"));
    }

    /** A queue as those who add jobs to it need it. */
    public record QueueRow(long id, String digest, boolean open, List<String> sites) {}
}
