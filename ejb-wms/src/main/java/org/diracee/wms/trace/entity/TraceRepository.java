/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.trace.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** What the tables of jobs and pilots know about who ran what where. */
@ApplicationScoped
public class TraceRepository {

    private EntityManager entities;

    protected TraceRepository() {} // for the container's proxy

    @Inject
    public TraceRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Every attempt of these jobs, the latest first; a job that never ran has one of number 0. */
    public List<Attempt> attempts(Collection<Long> jobs) {
        return statement("""
                        select job.id, job.status, job.vo, job.owner, job.owner_group, job.submission_id,
                            job.end_exec_time, submission.submitted, coalesce(run.attempt, 0) as attempt,
                            encode(sha256(convert_to(submission.description, 'UTF8')), 'hex') as hash,
                            run.pilot_stamp, run.started, pilot.grid_site,
                            lead(run.started) over (partition by job.id order by run.attempt) as next_started,
                            (select min(log.status_time) from wms.job_log log
                                where log.job_id = job.id and log.status_time >= run.started
                                    and log.status in ('Done', 'Completed', 'Failed', 'Killed', 'Rescheduled')) as left_at,
                            array(select sandbox.pfn from wms.sandbox_assignment assignment
                                join wms.sandbox sandbox on sandbox.id = assignment.sandbox_id
                                where assignment.submission_id = job.submission_id and assignment.kind = 'Input'
                                order by 1) as sandboxes
                        from wms.job job
                        join wms.submission submission on submission.id = job.submission_id
                        left join wms.pilot_job run on run.job_id = job.id
                        left join wms.pilot pilot on pilot.stamp = run.pilot_stamp
                        where job.id = any(?) order by job.id desc, attempt desc""").numbers(jobs).rows(TraceRepository::attempt);
    }

    private static Attempt attempt(SqlStatement.Row row) throws SQLException {
        Optional<Instant> left = Optional.ofNullable(row.instantOrNull("left_at"));
        Optional<Instant> replaced = Optional.ofNullable(row.instantOrNull("next_started"))
                .map(next -> left.filter(next::isAfter).orElse(next));
        return new Attempt(
                row.number("id"),
                row.integer("attempt"),
                row.text("status"),
                row.text("vo"),
                row.text("owner"),
                row.text("owner_group"),
                row.number("submission_id"),
                row.instant("submitted"),
                row.text("hash"),
                row.texts("sandboxes"),
                Optional.ofNullable(row.textOrNull("pilot_stamp")),
                Optional.ofNullable(row.textOrNull("grid_site")),
                Optional.ofNullable(row.instantOrNull("started")),
                replaced.or(() -> end(row)).or(() -> left));
    }

    private static Optional<Instant> end(SqlStatement.Row row) {
        try {
            return Optional.ofNullable(row.instantOrNull("end_exec_time"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** One attempt of a job. */
    public record Attempt(
            long job,
            int attempt,
            String status,
            String vo,
            String owner,
            String ownerGroup,
            long submission,
            Instant submitted,
            String descriptionHash,
            List<String> sandboxes,
            Optional<String> pilot,
            Optional<String> site,
            Optional<Instant> started,
            Optional<Instant> ended) {}
}
