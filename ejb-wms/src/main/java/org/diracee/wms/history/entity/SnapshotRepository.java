/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The snapshots of how many jobs and pilots there are. */
@ApplicationScoped
public class SnapshotRepository {

    private static final String JOB_KEY = "vo, owner, owner_group, job_group, site, job_type, status, minor_status";
    private static final String PILOT_KEY = "vo, grid_site, grid_type, status";

    private EntityManager entities;

    protected SnapshotRepository() {} // for the container's proxy

    @Inject
    public SnapshotRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Writes down how many jobs and pilots there are, unless this moment is written already; tells how many rows that took. */
    public int take(Instant moment) {
        // one statement, so that a change is seen either among the deltas or in the totals
        return statement("""
                        with moment as (
                            insert into wms.job_snapshot (taken, weight) values (?, 1) on conflict do nothing returning taken),
                        jobs as (
                            insert into wms.job_history (taken, %1$s, jobs, weight)
                            select taken, %1$s, sum(jobs), 1 from moment, (
                                select %1$s, jobs from wms.job_counter
                                union all select %1$s, jobs from wms.job_counter_delta) counters
                            group by taken, %1$s having sum(jobs) > 0 returning 1),
                        pilots as (
                            insert into wms.pilot_history (taken, %2$s, pilots, weight)
                            select taken, %2$s, count(*), 1 from moment, wms.pilot group by taken, %2$s returning 1)
                        select (select count(*) from jobs) + (select count(*) from pilots) as rows""".formatted(JOB_KEY, PILOT_KEY))
                .instant(moment)
                .rows(row -> row.integer("rows"))
                .get(0);
    }

    /** The steps of a time in which jobs and pilots were counted, and how often, ascending. */
    public SortedMap<Instant, Long> counted(Instant from, Instant to, Duration step) {
        return statement("""
                        select date_bin(make_interval(secs => ?), taken, ?) as start, sum(weight) as looks
                        from wms.job_snapshot where taken >= ? and taken < ? group by start""")
                .number(step.toSeconds())
                .instant(from)
                .instant(from)
                .instant(to)
                .rows(row -> Map.entry(row.instant("start"), row.number("looks")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    /** The oldest snapshot of a minute, if it is older than this. */
    public Optional<Instant> oldestFine(Instant before) {
        return statement("select taken from wms.job_snapshot where not coarse and taken < ? order by taken limit 1")
                .instant(before)
                .rows(row -> row.instant("taken"))
                .stream()
                .findFirst();
    }

    /** Puts the average in the place of all snapshots of a time; tells how many rows were there. */
    public int coarsen(Instant from, Instant to) {
        String sql = """
                with fine as (
                    delete from wms.job_snapshot where taken >= ? and taken < ? returning weight),
                whole as (select sum(weight)::integer as weight from fine),
                kept as (
                    insert into wms.job_snapshot (taken, weight, coarse)
                    select ?::timestamptz, weight, true from whole where weight is not null),
                """ + averages("job", JOB_KEY) + ",\n" + averages("pilot", PILOT_KEY) + """

                select (select count(*) from job_rows) + (select count(*) from pilot_rows) as rows""";
        SqlStatement statement = statement(sql);
        for (int table = 0; table < 3; table++) {
            statement.instant(from).instant(to).instant(from);
        }
        return statement.rows(row -> row.integer("rows")).get(0);
    }

    private static String averages(String kind, String key) {
        return """
                %1$s_rows as (
                    delete from wms.%1$s_history where taken >= ? and taken < ? returning *),
                %1$s_averages as (
                    insert into wms.%1$s_history (taken, %2$s, %1$ss, weight)
                    select ?::timestamptz, %2$s, sum(%1$ss * %1$s_rows.weight) / whole.weight, whole.weight
                    from %1$s_rows, whole group by whole.weight, %2$s)""".formatted(kind, key);
    }

    /**
     * The average numbers of running jobs since a time: by group, or in a group by owner.
     *
     * @return numbers by names; nobody without
     */
    public Map<String, Double> averageRunning(VoName vo, Optional<GroupName> group, Instant since) {
        String name = group.isPresent() ? "owner" : "owner_group";
        SqlStatement statement = statement(
                        "select " + name + """
                         as name, sum(jobs * weight)
                            / (select sum(weight) from wms.job_snapshot where taken >= ?) as jobs
                        from wms.job_history where taken >= ? and vo = ? and status = ?""" + (group.isPresent() ? " and owner_group = ?" : "") + " group by 1")
                .instant(since)
                .instant(since)
                .text(vo.text())
                .text(JobStatus.RUNNING.text());
        group.ifPresent(one -> statement.text(one.text()));
        return statement.rows(row -> Map.entry(row.text("name"), row.real("jobs"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
