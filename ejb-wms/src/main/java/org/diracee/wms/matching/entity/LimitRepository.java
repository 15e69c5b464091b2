/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.hibernate.Session;

/** What limits of matching compare with: the jobs that sites have, and the times before which they get no more of a kind. */
@ApplicationScoped
public class LimitRepository {

    private static final List<JobStatus> HELD =
            Arrays.stream(JobStatus.values()).filter(JobStatus::isHeldByPilot).toList();

    private EntityManager entities;

    protected LimitRepository() {} // for the container's proxy

    @Inject
    public LimitRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** How many jobs of the VO are matched, running or stalled at the site, by the values of the field. */
    public Map<String, Integer> atSite(VoName vo, SiteName site, QueueField field) {
        return counts(statement("select " + column(field) + """
                         as value, sum(jobs) as jobs from (
                            select * from wms.job_counter
                            union all
                            select vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs
                            from wms.job_counter_delta) counter
                        where vo = ? and site = ? and status in ('Matched', 'Running', 'Stalled')
                        group by 1""").text(vo.text()).text(site.text()));
    }

    /** The same at a computing element of the site. */
    public Map<String, Integer> atElement(VoName vo, SiteName site, String ce, QueueField field) {
        return counts(statement("select job." + column(field) + """
                         as value, count(*) as jobs
                        from wms.pilot pilot join wms.job job on job.pilot_stamp = pilot.stamp
                        where pilot.grid_site = ? and pilot.destination_site = ?
                            and pilot.status in ('Submitted', 'Waiting', 'Running', 'Unknown')
                            and job.vo = ? and job.status in ('Matched', 'Running', 'Stalled')
                        group by 1""")
                .text(site.text())
                .text(ce)
                .text(vo.text()));
    }

    /** Jobs of an owner in a group that pilots have. */
    public record Held(UserName owner, GroupName group, int jobs) {}

    /** How many jobs of the VO pilots have, by owner and group. */
    public List<Held> held(VoName vo) {
        return statement("""
                        select owner, owner_group, sum(jobs)::integer as jobs from (
                            select vo, owner, owner_group, status, jobs from wms.job_counter
                            union all
                            select vo, owner, owner_group, status, jobs from wms.job_counter_delta) counter
                        where vo = ? and status = any(?)
                        group by 1, 2""")
                .text(vo.text())
                .texts(HELD, JobStatus::text)
                .rows(row -> new Held(
                        new UserName(row.text("owner")), new GroupName(row.text("owner_group")), row.integer("jobs")));
    }

    private static Map<String, Integer> counts(SqlStatement statement) {
        return statement.rows(row -> Map.entry(row.text("value"), row.integer("jobs"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String column(QueueField field) {
        return switch (field) {
            case JOB_TYPE -> "job_type";
            case OWNER -> "owner";
            case OWNER_GROUP -> "owner_group";
            case CPU_TIME, SITE, GRID_CE, PLATFORM, TAG ->
                throw new IllegalArgumentException("jobs are not counted by " + field.text());
        };
    }

    /** Jobs of the VO with this value, at this site. */
    public record Delayed(VoName vo, SiteName site, QueueField field, String value) {

        private String key() {
            return String.join("/", vo.text(), site.text(), field.text(), value);
        }
    }

    /**
     * Those that nothing holds back, nor anybody else is about to; until this transaction ends nobody else gets them from here. Nobody
     * waits.
     */
    public Set<Delayed> claim(Collection<Delayed> kinds, Instant now) {
        Map<String, Delayed> byKey = kinds.stream().collect(Collectors.toMap(Delayed::key, kind -> kind, (a, b) -> a));
        List<String> claimed = statement("""
                        select key from unnest(?::text[]) key
                        where pg_try_advisory_xact_lock(hashtextextended('wms.matching_delay ' || key, 0))""").texts(byKey.keySet()).rows(row -> row.text("key"));
        Set<Delayed> free = claimed.stream()
                .flatMap(key -> Optional.ofNullable(byKey.get(key)).stream())
                .collect(Collectors.toCollection(HashSet::new));
        // a statement of its own: only its snapshot is newer than the locks
        statement("select key from wms.matching_delay where key = any(?) and until > ?")
                .texts(claimed)
                .instant(now)
                .rows(row -> row.text("key"))
                .forEach(key -> free.remove(byKey.get(key)));
        return free;
    }

    /** Until when this is held back, if it is. */
    public Optional<Instant> delayedUntil(Delayed kind, Instant now) {
        return statement("select until from wms.matching_delay where key = ? and until > ?")
                .text(kind.key())
                .instant(now)
                .rows(row -> row.instant("until"))
                .stream()
                .findFirst();
    }

    /** Holds back these, each until its time; the caller has claimed them. */
    public void delay(Map<Delayed, Instant> until) {
        List<Map.Entry<Delayed, Instant>> kinds = List.copyOf(until.entrySet());
        if (!kinds.isEmpty()) {
            statement("""
                            insert into wms.matching_delay (key, until)
                            select * from unnest(?::text[], ?::timestamptz[]) on conflict (key) do update
                            set until = excluded.until""")
                    .texts(kinds, kind -> kind.getKey().key())
                    .instants(kinds, Map.Entry::getValue)
                    .run();
        }
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
