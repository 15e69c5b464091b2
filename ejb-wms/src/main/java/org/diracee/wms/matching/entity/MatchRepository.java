/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    private static final String TAKE = """
            with waiting as (
                select id, site as old_site, minor_status as old_minor_status from wms.job
                where task_queue_id = ? and status = 'Waiting'
                order by user_priority desc, id limit ? for update skip locked),
            taken as (
                update wms.job job set status = 'Matched', minor_status = 'Assigned',
                    application_status = 'Unknown', site = ?, attempt = job.attempt + 1, pilot_stamp = ?,
                    lease_until = ?, last_update_time = ?, reported_time = null,
                    last_logged_time = greatest(job.last_logged_time, ?)
                from waiting where job.id = waiting.id
                returning job.*, waiting.old_site, waiting.old_minor_status),
            logged as (
                insert into wms.job_log
                    (job_id, status_time, status, minor_status, application_status, source)
                select id, last_logged_time, 'Matched', 'Assigned', 'Unknown', 'Matcher' from taken),
            mapped as (
                insert into wms.pilot_job (pilot_stamp, job_id, attempt, started)
                select pilot_stamp, id, attempt, last_update_time from taken),
            counted as (
                insert into wms.job_counter_delta
                    (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                select vo, owner, owner_group, job_group, old_site, job_type, 'Waiting', old_minor_status, -count(*)
                from taken group by 1, 2, 3, 4, 5, 6, 8
                union all
                select vo, owner, owner_group, job_group, site, job_type, status, minor_status, count(*)
                from taken group by 1, 2, 3, 4, 5, 6, 7, 8),
            noted as (
                update wms.pilot set current_job_id = newest.id,
                    initial_job_id = coalesce(initial_job_id, newest.id)
                from (select max(id) as id from taken) newest
                where stamp = ? and newest.id is not null)
            select taken.id, taken.attempt, taken.sweep_index, taken.sweep_values, taken.owner,
                taken.owner_group, taken.vo, taken.submission_id, submission.description
            from taken join wms.submission submission on submission.id = taken.submission_id
            order by taken.user_priority desc, taken.id""";

    private EntityManager entities;

    protected MatchRepository() {} // for the container's proxy

    @Inject
    public MatchRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Notes that the pilot runs, at this site, and keeps its row locked, so that it cannot end while it gets jobs.
     *
     * @return whether there is such a pilot that has not ended and is at no other site
     */
    public boolean notePilot(PilotStamp pilot, VoName vo, SiteName site, Instant now) {
        return statement("""
                                update wms.pilot set status = 'Running', grid_site = ?, last_update_time = ?
                                where stamp = ? and vo = ? and grid_site in (?, 'Unknown') and kill_requested is null
                                    and status not in ('Done', 'Failed', 'Deleted', 'Aborted')""")
                        .text(site.text())
                        .instant(now)
                        .text(pilot.text())
                        .text(vo.text())
                        .text(site.text())
                        .run()
                > 0;
    }

    /** The site of a pilot that has not ended, if it is another than this. */
    public Optional<String> otherSite(PilotStamp pilot, VoName vo, SiteName site) {
        return statement("""
                        select grid_site from wms.pilot
                        where stamp = ? and vo = ? and grid_site not in (?, 'Unknown') and kill_requested is null
                            and status not in ('Done', 'Failed', 'Deleted', 'Aborted')""")
                .text(pilot.text())
                .text(vo.text())
                .text(site.text())
                .rows(row -> row.text("grid_site"))
                .stream()
                .findFirst();
    }

    /**
     * Takes up to this many jobs of the queue, those of highest priority first and among equals the oldest; jobs that
     * another transaction is taking are passed over.
     */
    public List<TakenJob> take(long queue, PilotStamp pilot, SiteName site, Instant now, Instant leaseUntil, int jobs) {
        return taking("", queue, pilot, site, now, leaseUntil, jobs)
                .rows(row -> new TakenJob(
                        new JobId(row.number("id")),
                        row.integer("attempt"),
                        row.integer("sweep_index"),
                        Optional.ofNullable(row.textOrNull("sweep_values")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        new VoName(row.text("vo")),
                        row.number("submission_id"),
                        row.text("description")));
    }

    /** The statement that takes jobs, behind a word like {@code explain}. */
    SqlStatement taking(
            String prefix, long queue, PilotStamp pilot, SiteName site, Instant now, Instant leaseUntil, int jobs) {
        return statement(prefix + TAKE)
                .number(queue)
                .number(jobs)
                .text(site.text())
                .text(pilot.text())
                .instant(leaseUntil)
                .instant(now)
                .instant(now)
                .text(pilot.text());
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

    /** A job taken from its queue, with what its description is made of. */
    public record TakenJob(
            JobId id,
            int attempt,
            int sweepIndex,
            Optional<String> sweepValues,
            UserName owner,
            GroupName ownerGroup,
            VoName vo,
            long submission,
            String description) {}
}
