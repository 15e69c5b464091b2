/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Takes jobs out of their queues for a pilot; relies on READ COMMITTED. */
@ApplicationScoped
public class MatchRepository {

    private static final String WAITING = """
            job.id, job.task_queue_id, job.submission_id, job.sweep_index, job.sweep_values, job.vo, job.owner,
            job.owner_group, job.site, job.minor_status, job.attempt
            """;
    private static final String TAKE = "select " + WAITING + """
            from unnest(?::bigint[], ?::bigint[]) as wanted (queue, jobs) cross join lateral (
                select * from wms.job
                where task_queue_id = wanted.queue and status = 'Waiting' and id <> all (?::bigint[])
                order by user_priority desc, id limit wanted.jobs for update skip locked) job
            order by job.task_queue_id, job.user_priority desc, job.id""";
    private static final String HAND_OUT = """
            with handed as (
                select * from unnest(?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                    as handed (id, pilot_stamp, site, lease_until, old_site, old_minor_status)),
            taken as (
                update wms.job job set status = 'Matched', minor_status = 'Assigned',
                    application_status = 'Unknown', site = handed.site, attempt = job.attempt + 1,
                    pilot_stamp = handed.pilot_stamp, lease_until = handed.lease_until, last_update_time = ?,
                    reported_time = null, last_logged_time = greatest(job.last_logged_time, ?)
                from handed where job.id = handed.id
                returning job.id, job.vo, job.owner, job.owner_group, job.job_group, job.job_type, job.site, job.attempt,
                    job.pilot_stamp, job.last_update_time, job.last_logged_time, handed.old_site, handed.old_minor_status),
            logged as (
                insert into wms.job_log
                    (job_id, status_time, status, minor_status, application_status, source)
                select id, last_logged_time, 'Matched', 'Assigned', 'Unknown', 'Matcher' from taken order by id),
            mapped as (
                insert into wms.pilot_job (pilot_stamp, job_id, attempt, started)
                select pilot_stamp, id, attempt, last_update_time from taken),
            counted as (
                insert into wms.job_counter_delta
                    (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                select vo, owner, owner_group, job_group, old_site, job_type, 'Waiting', old_minor_status, -count(*)
                from taken group by 1, 2, 3, 4, 5, 6, 8
                union all
                select vo, owner, owner_group, job_group, site, job_type, 'Matched', 'Assigned', count(*)
                from taken group by 1, 2, 3, 4, 5, 6),
            noted as (
                update wms.pilot pilot set status = 'Running', grid_site = asking.site, last_update_time = ?,
                    current_job_id = coalesce(newest.id, pilot.current_job_id),
                    initial_job_id = coalesce(pilot.initial_job_id, newest.id)
                from unnest(?::text[], ?::text[]) as asking (stamp, site)
                    left join (select pilot_stamp, max(id) as id from taken group by 1) newest
                        on newest.pilot_stamp = asking.stamp
                where pilot.stamp = asking.stamp)
            select count(*) as jobs from taken""";

    private EntityManager entities;

    protected MatchRepository() {} // for the container's proxy

    @Inject
    public MatchRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** A pilot that may have jobs. */
    public record ActivePilot(PilotStamp stamp, VoName vo) {}

    /**
     * Where a pilot is, as it is known.
     *
     * @param computingElement through which it was submitted
     */
    public record KnownPlace(String site, String computingElement) {}

    /**
     * Where those of the pilots are that exist and have not ended, nor are to, as it is known; locked until this transaction ends, in
     * the order of their stamps, so that none ends while it gets jobs.
     */
    public Map<ActivePilot, KnownPlace> lockActive(Collection<ActivePilot> pilots) {
        return statement("""
                        select pilot.stamp, pilot.vo, pilot.grid_site, pilot.destination_site from wms.pilot pilot
                            join unnest(?::text[], ?::text[]) as asking (stamp, vo)
                                on asking.stamp = pilot.stamp and asking.vo = pilot.vo
                        where kill_requested is null and status not in ('Done', 'Failed', 'Deleted', 'Aborted')
                        order by pilot.stamp for no key update of pilot""")
                .texts(pilots, pilot -> pilot.stamp().text())
                .texts(pilots, pilot -> pilot.vo().text())
                .rows(row -> Map.entry(
                        new ActivePilot(new PilotStamp(row.text("stamp")), new VoName(row.text("vo"))),
                        new KnownPlace(row.text("grid_site"), row.text("destination_site"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The pilots whose last jobs, so many, all failed with one of these minor statuses since a time. */
    public List<PilotStamp> failing(Collection<String> minorStatuses, Instant since, int times) {
        return statement("""
                        with failing as (
                            select pilot_stamp from wms.job
                            where status = 'Failed' and end_exec_time > ? and minor_status = any(?)
                                and pilot_stamp is not null
                            group by 1 having count(*) >= ?)
                        select pilot_stamp from failing where (
                            select bool_and(status = 'Failed' and minor_status = any(?) and end_exec_time > ?)
                            from (select status, minor_status, end_exec_time from wms.job
                                where pilot_stamp = failing.pilot_stamp and end_exec_time is not null
                                order by end_exec_time desc limit ?) last)""")
                .instant(since)
                .texts(minorStatuses)
                .number(times)
                .texts(minorStatuses)
                .instant(since)
                .number(times)
                .rows(row -> new PilotStamp(row.text("pilot_stamp")));
    }

    /**
     * Locks waiting jobs, those of highest priority first and among equals the oldest; jobs that another transaction has locked are
     * passed over.
     *
     * @param wanted how many at most, by queue
     * @param except those that this transaction has locked already, which it would not pass over
     * @return the jobs, those of a queue one after the other and in this order
     */
    public List<WaitingJob> take(Map<Long, Integer> wanted, Collection<Long> except) {
        return taking("", wanted, except).rows(MatchRepository::waiting);
    }

    /** The statement that takes jobs, behind a word like {@code explain}. */
    SqlStatement taking(String prefix, Map<Long, Integer> wanted, Collection<Long> except) {
        List<Map.Entry<Long, Integer>> queues = List.copyOf(wanted.entrySet());
        return statement(prefix + TAKE)
                .numbers(queues, Map.Entry::getKey)
                .numbers(queues, queue -> (long) queue.getValue())
                .numbers(except);
    }

    /** The queue in which the job waits, if it does. */
    public Optional<Long> waitsIn(JobId job) {
        return statement("select task_queue_id from wms.job where id = ? and status = 'Waiting'"
                        + " and task_queue_id is not null")
                .number(job.number())
                .rows(row -> row.number("task_queue_id"))
                .stream()
                .findFirst();
    }

    /** Locks the job if it waits and nobody else has it. */
    public Optional<WaitingJob> take(JobId job) {
        return statement("select " + WAITING
                        + "from wms.job job where id = ? and status = 'Waiting' for update skip locked")
                .number(job.number())
                .rows(MatchRepository::waiting)
                .stream()
                .findFirst();
    }

    private static WaitingJob waiting(SqlStatement.Row row) throws SQLException {
        return new WaitingJob(
                new JobId(row.number("id")),
                row.number("task_queue_id"),
                row.number("submission_id"),
                row.integer("sweep_index"),
                Optional.ofNullable(row.textOrNull("sweep_values")),
                new VoName(row.text("vo")),
                new UserName(row.text("owner")),
                new GroupName(row.text("owner_group")),
                row.text("site"),
                row.text("minor_status"),
                row.integer("attempt"));
    }

    /** A pilot at a site and the jobs that it is given; perhaps none. */
    public record NewHolder(PilotStamp pilot, SiteName site, Instant leaseUntil, List<WaitingJob> jobs) {}

    /** Gives locked jobs to their new holders, with log, counters and all that hangs on it; the holders are noted to run. */
    public void handOut(List<NewHolder> holders, Instant now) {
        List<Given> given = holders.stream()
                .flatMap(holder -> holder.jobs().stream().map(job -> new Given(holder, job)))
                .toList();
        // a pilot that asks twice at a time is noted once
        Map<String, String> sites = new HashMap<>();
        holders.forEach(holder -> sites.put(holder.pilot().text(), holder.site().text()));
        List<Map.Entry<String, String>> asking = List.copyOf(sites.entrySet());
        statement(HAND_OUT)
                .numbers(given, one -> one.job().id().number())
                .texts(given, one -> one.to().pilot().text())
                .texts(given, one -> one.to().site().text())
                .instants(given, one -> one.to().leaseUntil())
                .texts(given, one -> one.job().site())
                .texts(given, one -> one.job().minorStatus())
                .instant(now)
                .instant(now)
                .instant(now)
                .texts(asking, Map.Entry::getKey)
                .texts(asking, Map.Entry::getValue)
                .rows(row -> row.number("jobs"));
    }

    private record Given(NewHolder to, WaitingJob job) {}

    /** The stored descriptions of submissions, by their ids. */
    public Map<Long, String> descriptions(Collection<Long> submissions) {
        return statement("select id, description from wms.submission where id = any(?)")
                .numbers(submissions)
                .rows(row -> Map.entry(row.number("id"), row.text("description")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether this attempt of the job is with this pilot still. */
    public boolean isCurrent(JobId job, int attempt, PilotStamp pilot) {
        return !statement("select 1 from wms.job where id = ? and attempt = ? and pilot_stamp = ?")
                .number(job.number())
                .number(attempt)
                .text(pilot.text())
                .rows(row -> true)
                .isEmpty();
    }

    /** The attempt that a job is in. */
    public Optional<HeldJob> held(JobId job) {
        return statement("select status, attempt, pilot_stamp, coalesce(end_exec_time, last_logged_time) as ended"
                        + " from wms.job where id = ?")
                .number(job.number())
                .rows(row -> new HeldJob(
                        JobStatus.parse(row.text("status")),
                        (int) row.number("attempt"),
                        Optional.ofNullable(row.textOrNull("pilot_stamp")),
                        row.instant("ended")))
                .stream()
                .findFirst();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /**
     * Where a job stands.
     *
     * @param pilot the stamp of the pilot that holds it
     * @param ended when, if it has ended
     */
    public record HeldJob(JobStatus status, int attempt, Optional<String> pilot, Instant ended) {

        public boolean isBy(PilotStamp stamp) {
            return pilot.filter(stamp.text()::equals).isPresent();
        }
    }
}
