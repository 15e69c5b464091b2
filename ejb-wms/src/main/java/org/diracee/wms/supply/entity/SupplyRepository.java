/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.supply.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.diracee.wms.supply.boundary.HandOutSlot;
import org.diracee.wms.supply.boundary.SeenResource;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.hibernate.Session;

/** The resources that pilots have described, and the numbers of jobs handed out. */
@ApplicationScoped
public class SupplyRepository {

    /** A description with less CPU time does not replace one that is younger. */
    private static final Duration BEST_OF = Duration.ofHours(1);

    private static final Duration SLOTS_KEPT = Duration.ofHours(2);

    private EntityManager entities;

    protected SupplyRepository() {} // for the container's proxy

    @Inject
    public SupplyRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Remembers the resource; one more than the most is not.
     *
     * @param kept so long others are remembered after they were seen last
     */
    public void see(VoName vo, ResourceDescription resource, Instant now, Duration kept, int most) {
        int known = key(
                        statement("update wms.seen_resource set last_seen = ? where vo = ? and site = ? and"
                                        + " grid_ce = ?")
                                .instant(now),
                        vo,
                        resource)
                .run();
        if (known > 0) {
            key(values(statement("""
                update wms.seen_resource set platform = ?, cpu_time = ?, tags = ?, required_tags = ?,
                    processors = ?, max_ram = ?, whole_node = ?, job_types = ?, owner = ?,
                    owner_groups = ?, refused_fields = ?, refused_values = ?, described = ?
                where vo = ? and site = ? and grid_ce = ? and (cpu_time <= ? or described < ?)\
                """), resource, now), vo, resource)
                    .number(resource.cpuTime())
                    .instant(now.minus(BEST_OF))
                    .run();
            return;
        }
        statement("""
            delete from wms.seen_resource where (vo, site, grid_ce) in (
                select vo, site, grid_ce from wms.seen_resource where vo = ? and last_seen < ? for update skip locked)\
            """).text(vo.text()).instant(now.minus(kept)).run();
        values(statement("""
            insert into wms.seen_resource (platform, cpu_time, tags, required_tags, processors, max_ram,
                whole_node, job_types, owner, owner_groups, refused_fields, refused_values, described,
                last_seen, vo, site, grid_ce)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
            where (select count(*) from wms.seen_resource where vo = ?) < ?
            on conflict (vo, site, grid_ce) do nothing\
            """), resource, now)
                .instant(now)
                .text(vo.text())
                .text(resource.site().text())
                .text(resource.gridCe().orElse(""))
                .text(vo.text())
                .number(most)
                .run();
    }

    private static SqlStatement key(SqlStatement statement, VoName vo, ResourceDescription resource) {
        return statement
                .text(vo.text())
                .text(resource.site().text())
                .text(resource.gridCe().orElse(""));
    }

    private static SqlStatement values(SqlStatement statement, ResourceDescription resource, Instant now) {
        List<String> fields = new ArrayList<>();
        List<String> values = new ArrayList<>();
        resource.wanted()
                .refused()
                .forEach((field, refused) -> refused.forEach(value -> {
                    fields.add(field.name());
                    values.add(value);
                }));
        return statement
                .text(resource.platform().orElse(null))
                .number(resource.cpuTime())
                .texts(resource.tags())
                .texts(resource.requiredTags())
                .number(resource.processors())
                .number(resource.maxRam())
                .truth(resource.wholeNode())
                .texts(resource.jobTypes())
                .text(resource.wanted().owner().map(UserName::text).orElse(null))
                .texts(resource.wanted().ownerGroups(), GroupName::text)
                .texts(fields)
                .texts(values)
                .instant(now);
    }

    /** Those that were seen since, the last seen first. */
    public List<SeenResource> resources(VoName vo, Instant since) {
        return statement("select * from wms.seen_resource where vo = ? and last_seen >= ? order by last_seen desc")
                .text(vo.text())
                .instant(since)
                .rows(SupplyRepository::resource);
    }

    private static SeenResource resource(SqlStatement.Row row) throws SQLException {
        Map<QueueField, List<String>> refused = new EnumMap<>(QueueField.class);
        List<String> fields = row.texts("refused_fields");
        List<String> values = row.texts("refused_values");
        for (int i = 0; i < fields.size(); i++) {
            refused.computeIfAbsent(QueueField.valueOf(fields.get(i)), field -> new ArrayList<>())
                    .add(values.get(i));
        }
        String ce = row.text("grid_ce");
        return new SeenResource(
                new ResourceDescription(
                        new SiteName(row.text("site")),
                        Optional.ofNullable(row.textOrNull("platform")),
                        row.number("cpu_time"),
                        ce.isEmpty() ? Optional.empty() : Optional.of(ce),
                        row.texts("tags"),
                        row.texts("required_tags"),
                        row.integer("processors"),
                        row.integer("max_ram"),
                        row.truth("whole_node"),
                        row.texts("job_types"),
                        new WantedWork(
                                Optional.empty(),
                                Optional.ofNullable(row.textOrNull("owner")).map(UserName::new),
                                row.texts("owner_groups").stream()
                                        .map(GroupName::new)
                                        .toList(),
                                refused)),
                row.instant("last_seen"));
    }

    /** Adds the numbers, and drops those of hours ago. */
    public void handedOut(Map<HandOutSlot, Long> jobs, Instant now) {
        // in one order everywhere, so that two nodes do not wait for each other
        List<Map.Entry<HandOutSlot, Long>> slots = jobs.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<HandOutSlot, Long> one) ->
                                one.getKey().queue())
                        .thenComparing(one -> one.getKey().begin()))
                .toList();
        statement("""
            insert into wms.queue_hand_out as known (task_queue_id, slot, jobs)
            select * from unnest(?::bigint[], ?::timestamptz[], ?::bigint[])
            on conflict (task_queue_id, slot) do update set jobs = known.jobs + excluded.jobs\
            """)
                .numbers(slots, slot -> slot.getKey().queue())
                .instants(slots, slot -> slot.getKey().begin())
                .numbers(slots, Map.Entry::getValue)
                .run();
        statement("""
            delete from wms.queue_hand_out where (task_queue_id, slot) in (
                select task_queue_id, slot from wms.queue_hand_out where slot < ? for update skip locked)\
            """).instant(now.minus(SLOTS_KEPT)).run();
    }

    /** Jobs of the queue in the slots that began since. */
    public long handedOutSince(long queue, Instant since) {
        return statement("select coalesce(sum(jobs), 0)::bigint as jobs from wms.queue_hand_out where task_queue_id = ?"
                        + " and slot >= ?")
                .number(queue)
                .instant(since)
                .rows(row -> row.number("jobs"))
                .get(0);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
