/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Puts new jobs into the database: a handful of statements, however many there are. */
@ApplicationScoped
public class SubmissionRepository {

    private EntityManager entities;

    protected SubmissionRepository() {} // for the container's proxy

    @Inject
    public SubmissionRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Stores descriptions and takes ids for their jobs, both ascending in the order of the descriptions. */
    public Stored store(Submitter submitter, List<Description> descriptions, Instant now) {
        // identity values are drawn in the order of the rows
        return statement("""
                        with stored as (
                            insert into wms.submission (vo, owner, owner_group, description, warnings, jobs, checked,
                                submitted)
                            select ?, ?, ?, description, coalesce(string_to_array(warnings, E'\\n'), '{}'), jobs,
                                checked = 1, ?
                            from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[]) with ordinality
                                as new (description, warnings, jobs, checked, place)
                            order by place returning id)
                        select (select array_agg(id order by id) from stored) as submissions,
                            array(select nextval('wms.job_id_seq') from generate_series(1, ?)) as jobs""")
                .text(submitter.vo().text())
                .text(submitter.owner().text())
                .text(submitter.ownerGroup().text())
                .instant(now)
                .texts(descriptions, Description::text)
                .texts(descriptions, SubmissionRepository::warnings)
                .numbers(descriptions, description -> (long) description.jobs())
                .numbers(descriptions, description -> description.checked() ? 1L : 0L)
                .number(descriptions.stream().mapToInt(Description::jobs).sum())
                .rows(row -> new Stored(
                        row.numbers("submissions"),
                        row.numbers("jobs").stream().map(JobId::new).toList()))
                .get(0);
    }

    /**
     * Adds jobs as the last of the lines says, with the lines of their log and the deltas of their counters.
     */
    public void add(Submitter submitter, Collection<NewJob> jobs, List<Line> lines, Instant now) {
        Line last = lines.get(lines.size() - 1);
        statement("""
                        with added as (
                            insert into wms.job (vo, owner, owner_group, status, minor_status, submission_time,
                                last_update_time, last_logged_time, id, submission_id, sweep_index, sweep_values, job_name,
                                job_group, client_ref, job_type, site, user_priority, task_queue_id)
                            select ?, ?, ?, ?, ?, ?, ?, ?, * from unnest(?::bigint[], ?::bigint[], ?::int[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[])
                            returning id, vo, owner, owner_group, job_group, site, job_type, status, minor_status),
                        counted as (
                            insert into wms.job_counter_delta
                                (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                            select vo, owner, owner_group, job_group, site, job_type, status, minor_status, count(*)
                            from added group by 1, 2, 3, 4, 5, 6, 7, 8)
                        insert into wms.job_log (job_id, status_time, status, minor_status, application_status, source)
                        select added.id, ?, line.status, line.minor_status, 'Unknown', line.source
                        from unnest(?::text[], ?::text[], ?::text[]) as line (status, minor_status, source), added""")
                .text(submitter.vo().text())
                .text(submitter.owner().text())
                .text(submitter.ownerGroup().text())
                .text(last.status().text())
                .text(last.minorStatus())
                .instant(now)
                .instant(now)
                .instant(now)
                .numbers(jobs, job -> job.id().number())
                .numbers(jobs, NewJob::submission)
                .numbers(jobs, job -> (long) job.sweepIndex())
                .texts(jobs, NewJob::sweepValues)
                .texts(jobs, NewJob::jobName)
                .texts(jobs, NewJob::jobGroup)
                .texts(jobs, NewJob::clientRef)
                .texts(jobs, NewJob::jobType)
                .texts(jobs, NewJob::site)
                .numbers(jobs, job -> (long) job.userPriority())
                .numbers(jobs, NewJob::taskQueue)
                .instant(now)
                .texts(lines, line -> line.status().text())
                .texts(lines, Line::minorStatus)
                .texts(lines, Line::source)
                .run();
    }

    /** When these jobs were submitted and with which warnings, in the order of the ids given. */
    public List<Submitted> submitted(List<Long> ids) {
        return statement("""
                        select asked.id, job.submission_time, job.client_ref,
                            case when job.sweep_index = 0 then submission.warnings else '{}' end as warnings
                        from unnest(?::bigint[]) with ordinality as asked (id, place)
                        join wms.job job on job.id = asked.id
                        join wms.submission submission on submission.id = job.submission_id
                        order by place""")
                .numbers(ids)
                .rows(row -> new Submitted(
                        new JobId(row.number("id")),
                        row.instant("submission_time"),
                        Optional.ofNullable(row.textOrNull("client_ref")),
                        row.texts("warnings")));
    }

    private static @Nullable String warnings(Description description) {
        return description.warnings().isEmpty() ? null : String.join("\n", description.warnings());
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** For whom jobs are submitted. */
    public record Submitter(VoName vo, UserName owner, GroupName ownerGroup) {}

    /** Ids of stored descriptions and of the jobs to add. */
    public record Stored(List<Long> submissions, List<JobId> jobs) {}

    /** A line that is the same in the log of each job. */
    public record Line(JobStatus status, String minorStatus, String source) {}

    /**
     * A description to store.
     *
     * @param warnings one line each
     * @param checked whether optimizers that ask outside look at its jobs before they wait
     */
    public record Description(String text, List<String> warnings, int jobs, boolean checked) {}

    /** A job to add. */
    public record NewJob(
            JobId id,
            long submission,
            int sweepIndex,
            @Nullable String sweepValues,
            String jobName,
            String jobGroup,
            @Nullable String clientRef,
            String jobType,
            String site,
            int userPriority,
            long taskQueue) {}

    /** What the receipt of a job is made of. */
    public record Submitted(JobId id, Instant time, Optional<String> clientRef, List<String> warnings) {}
}
