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
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.SqlStatement;
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

    /** Takes ids for this many jobs, ascending. */
    public List<JobId> takeIds(int jobs) {
        return statement("select nextval('wms.job_id_seq') as id from generate_series(1, ?)")
                .number(jobs)
                .rows(row -> new JobId(row.number("id")));
    }

    /** Stores descriptions; returns their ids in the same order. */
    public List<Long> addDescriptions(Submitter submitter, List<Description> descriptions, Instant now) {
        // identity values are drawn in the order of the rows
        return statement("""
                        insert into wms.submission (vo, owner, owner_group, description, warnings, jobs, submitted)
                        select ?, ?, ?, description, coalesce(string_to_array(warnings, E'\\n'), '{}'), jobs, ?
                        from unnest(?::text[], ?::text[], ?::bigint[]) with ordinality
                            as new (description, warnings, jobs, place)
                        order by place returning id""")
                .text(submitter.vo().text())
                .text(submitter.owner().text())
                .text(submitter.ownerGroup().text())
                .instant(now)
                .texts(descriptions, Description::text)
                .texts(descriptions, SubmissionRepository::warnings)
                .numbers(descriptions, description -> (long) description.jobs())
                .rows(row -> row.number("id"))
                .stream()
                .sorted()
                .toList();
    }

    /** Adds jobs as they are after the optimizers have seen them: waiting in their task queues. */
    public void addJobs(Submitter submitter, Collection<NewJob> jobs, String minorStatus, Instant now) {
        statement("""
                        insert into wms.job (vo, owner, owner_group, status, minor_status, submission_time,
                            last_update_time, last_logged_time, id, submission_id, sweep_index, sweep_values, job_name,
                            job_group, job_type, site, user_priority, task_queue_id)
                        select ?, ?, ?, 'Waiting', ?, ?, ?, ?, * from unnest(?::bigint[], ?::bigint[], ?::int[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[])""")
                .text(submitter.vo().text())
                .text(submitter.owner().text())
                .text(submitter.ownerGroup().text())
                .text(minorStatus)
                .instant(now)
                .instant(now)
                .instant(now)
                .numbers(jobs, job -> job.id().number())
                .numbers(jobs, NewJob::submission)
                .numbers(jobs, job -> (long) job.sweepIndex())
                .texts(jobs, NewJob::sweepValues)
                .texts(jobs, NewJob::jobName)
                .texts(jobs, NewJob::jobGroup)
                .texts(jobs, NewJob::jobType)
                .texts(jobs, NewJob::site)
                .numbers(jobs, job -> (long) job.userPriority())
                .numbers(jobs, NewJob::taskQueue)
                .run();
    }

    /** Appends one and the same line to the log of each job. */
    public void log(Collection<JobId> jobs, JobStatus status, String minorStatus, String source, Instant now) {
        statement("""
                        insert into wms.job_log (job_id, status_time, status, minor_status, application_status, source)
                        select id, ?, ?, ?, 'Unknown', ? from unnest(?::bigint[]) id""")
                .instant(now)
                .text(status.text())
                .text(minorStatus)
                .text(source)
                .numbers(jobs, JobId::number)
                .run();
    }

    /** When these jobs were submitted and with which warnings, in the order of the ids given. */
    public List<Submitted> submitted(List<Long> ids) {
        return statement("""
                        select asked.id, job.submission_time,
                            case when job.sweep_index = 0 then submission.warnings else '{}' end as warnings
                        from unnest(?::bigint[]) with ordinality as asked (id, place)
                        join wms.job job on job.id = asked.id
                        join wms.submission submission on submission.id = job.submission_id
                        order by place""")
                .numbers(ids)
                .rows(row -> new Submitted(
                        new JobId(row.number("id")), row.instant("submission_time"), row.texts("warnings")));
    }

    private static @Nullable String warnings(Description description) {
        return description.warnings().isEmpty() ? null : String.join("\n", description.warnings());
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** For whom jobs are submitted. */
    public record Submitter(VoName vo, UserName owner, GroupName ownerGroup) {}

    /** A description to store; its warnings have one line each. */
    public record Description(String text, List<String> warnings, int jobs) {}

    /** A job to add. */
    public record NewJob(
            JobId id,
            long submission,
            int sweepIndex,
            @Nullable String sweepValues,
            String jobName,
            String jobGroup,
            String jobType,
            String site,
            int userPriority,
            long taskQueue) {}

    /** What the receipt of a job is made of. */
    public record Submitted(JobId id, Instant time, List<String> warnings) {}
}
