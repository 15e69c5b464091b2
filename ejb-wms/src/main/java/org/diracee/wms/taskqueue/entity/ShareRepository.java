/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The priorities of the task queues in the database, and what they depend on. */
@ApplicationScoped
public class ShareRepository {

    /** Of one priority in one queue, no more jobs than these are counted. */
    static final int MOST_COUNTED = 10_000;

    /** A priority that differs by less is not worth telling every node. */
    private static final double TOLERANCE = 0.001;

    /**
     * The open queues with waiting jobs, and how many of each priority. A queue whose jobs have all the same priority costs two looks at
     * an index, another a count of each priority that it may have.
     */
    private static final String LOADED = """
            select queue.id, queue.owner, queue.owner_group, queue.cpu_time, queue.sites, queue.banned_sites,
                queue.grid_ces, queue.platforms, queue.job_types, queue.tags, levels.priorities, levels.jobs
            from wms.task_queue queue
            cross join lateral (
                select user_priority as priority from wms.job where task_queue_id = queue.id and status = 'Waiting'
                order by user_priority desc limit 1) highest
            cross join lateral (
                select user_priority as priority from wms.job where task_queue_id = queue.id and status = 'Waiting'
                order by user_priority limit 1) lowest
            cross join lateral (
                select array_agg(level::bigint) as priorities, array_agg(counted.jobs) as jobs
                from generate_series(least(greatest(lowest.priority, 0), 10), least(greatest(highest.priority, 0), 10)) level
                cross join lateral (
                    select case when lowest.priority = highest.priority then 1::bigint else (
                        select count(*) from (
                            select from wms.job where task_queue_id = queue.id and status = 'Waiting'
                                and user_priority >= case level when 0 then -2147483648 else level end
                                and user_priority <= case level when 10 then 2147483647 else level end
                            limit %d) job) end as jobs) counted) levels
            where queue.enabled and queue.vo = ?""".formatted(MOST_COUNTED);

    private EntityManager entities;

    protected ShareRepository() {} // for the container's proxy

    @Inject
    public ShareRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * An open queue.
     *
     * @param requirements what it asks for apart from sites
     * @param jobs numbers of waiting jobs by their priority from 0 to 10, those beyond counted as these; only their proportion counts
     */
    public record LoadedQueue(
            long id,
            UserName owner,
            GroupName ownerGroup,
            List<?> requirements,
            Set<String> sites,
            Set<String> bannedSites,
            Map<Long, Long> jobs) {}

    /** An owner in a group of a VO, who has queues. */
    public record QueueOwner(VoName vo, GroupName group, UserName owner) {}

    /** The VOs that have open queues. */
    public List<VoName> vos() {
        return statement("select distinct vo from wms.task_queue where enabled order by vo")
                .rows(row -> new VoName(row.text("vo")));
    }

    /** Who has open queues in the VO. */
    public List<QueueOwner> owners(VoName vo) {
        return statement("select distinct vo, owner_group, owner from wms.task_queue where enabled and vo = ?")
                .text(vo.text())
                .rows(ShareRepository::owner);
    }

    /** Queues that wait for a priority, and whose they are: so many at most. */
    public Map<Long, QueueOwner> due(int limit) {
        return statement("select id, vo, owner_group, owner from wms.task_queue where priority_due limit ?")
                .number(limit)
                .rows(row -> Map.entry(row.number("id"), owner(row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** All the open queues of the VO in which jobs wait. */
    public List<LoadedQueue> loaded(VoName vo) {
        return loading("", vo).rows(ShareRepository::queue);
    }

    /**
     * The open queues of a group in which jobs wait.
     *
     * @param owner absent: everybody in the group
     */
    public List<LoadedQueue> loaded(VoName vo, GroupName group, Optional<UserName> owner) {
        SqlStatement statement = statement(
                        LOADED + " and queue.owner_group = ?" + (owner.isPresent() ? " and queue.owner = ?" : ""))
                .text(vo.text())
                .text(group.text());
        owner.ifPresent(name -> statement.text(name.text()));
        return statement.rows(ShareRepository::queue);
    }

    SqlStatement loading(String prefix, VoName vo) {
        return statement(prefix + LOADED).text(vo.text());
    }

    /**
     * Writes priorities that have changed, and tells how many. Queues that somebody is about to open or close are left for the next time:
     * nobody waits for anybody here.
     */
    public int write(Map<Long, Double> priorities) {
        List<Map.Entry<Long, Double>> entries = List.copyOf(priorities.entrySet());
        return statement("""
                        with changed as (
                            select queue.id, asked.priority from unnest(?::bigint[], ?::float8[]) asked (id, priority)
                                join wms.task_queue queue on queue.id = asked.id
                            where queue.priority_due
                                or abs(queue.priority - asked.priority) > ? * greatest(queue.priority, asked.priority)
                            for no key update of queue skip locked)
                        update wms.task_queue queue set priority = changed.priority, priority_due = false
                        from changed where queue.id = changed.id""")
                .numbers(entries, Map.Entry::getKey)
                .doubles(entries, Map.Entry::getValue)
                .number(TOLERANCE)
                .run();
    }

    /** Takes queues, in which nothing waits any more, from those that wait for a priority. */
    public void forgetDue(Collection<Long> queues) {
        statement("""
                        update wms.task_queue set priority_due = false where id in (
                            select id from wms.task_queue where id = any(?) for no key update skip locked)""").numbers(queues).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    private static QueueOwner owner(SqlStatement.Row row) throws SQLException {
        return new QueueOwner(
                new VoName(row.text("vo")), new GroupName(row.text("owner_group")), new UserName(row.text("owner")));
    }

    private static LoadedQueue queue(SqlStatement.Row row) throws SQLException {
        List<Long> levels = row.numbers("priorities");
        List<Long> counts = row.numbers("jobs");
        Map<Long, Long> jobs = new HashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            jobs.put(levels.get(i), counts.get(i));
        }
        return new LoadedQueue(
                row.number("id"),
                new UserName(row.text("owner")),
                new GroupName(row.text("owner_group")),
                List.of(
                        row.number("cpu_time"),
                        row.texts("grid_ces"),
                        row.texts("platforms"),
                        row.texts("job_types"),
                        row.texts("tags")),
                new HashSet<>(row.texts("sites")),
                new HashSet<>(row.texts("banned_sites")),
                jobs);
    }
}
