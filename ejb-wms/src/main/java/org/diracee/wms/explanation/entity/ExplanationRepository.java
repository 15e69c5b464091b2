/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Reads what explanations need beyond what every reader of a job sees. */
@ApplicationScoped
public class ExplanationRepository {

    private EntityManager entities;

    protected ExplanationRepository() {} // for the container's proxy

    @Inject
    public ExplanationRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Where the job waits, and until when it is lent to a pilot. */
    public record Place(Optional<Long> queue, int priority, Optional<Instant> leaseUntil) {}

    public Optional<Place> place(JobId job) {
        return statement("select task_queue_id, user_priority, lease_until from wms.job where id = ?")
                .number(job.number())
                .rows(row -> new Place(
                        Optional.ofNullable(row.numberOrNull("task_queue_id")),
                        row.integer("user_priority"),
                        Optional.ofNullable(row.instantOrNull("lease_until"))))
                .stream()
                .findFirst();
    }

    /** How many jobs of the queue go before this one, counted up to a bound. */
    public int ahead(long queue, int priority, JobId job, int most) {
        // in the order of the index, so that no more than the bound is read however long the queue
        return statement("""
            select count(*) as jobs from (
                select user_priority, id from wms.job where task_queue_id = ? and status = 'Waiting'
                order by user_priority desc, id limit ?) first
            where user_priority > ? or user_priority = ? and id < ?\
            """)
                .number(queue)
                .number(most)
                .number(priority)
                .number(priority)
                .number(job.number())
                .rows(row -> row.integer("jobs"))
                .get(0);
    }

    /** A pilot as it is known. */
    public record PilotRow(String status, String site, Instant lastUpdate) {}

    public Optional<PilotRow> pilot(PilotStamp stamp) {
        return statement("select status, grid_site, last_update_time from wms.pilot where stamp = ?")
                .text(stamp.text())
                .rows(row -> new PilotRow(row.text("status"), row.text("grid_site"), row.instant("last_update_time")))
                .stream()
                .findFirst();
    }

    /** What a job left that has ended. */
    public record Remains(Optional<String> exitCode, Optional<String> pilotStatus) {}

    /** What the jobs left, by job. */
    public Map<JobId, Remains> remains(Collection<JobId> jobs) {
        Map<JobId, Remains> remains = new HashMap<>();
        statement("""
            select job.id, parameter.value as exit_code, pilot.status as pilot_status
            from wms.job job
                left join wms.job_parameter parameter on parameter.job_id = job.id and parameter.name = 'ExitCode'
                left join wms.pilot pilot on pilot.stamp = job.pilot_stamp
            where job.id = any(?)\
            """)
                .numbers(jobs, JobId::number)
                .rows(row -> remains.put(
                        new JobId(row.number("id")),
                        new Remains(
                                Optional.ofNullable(row.textOrNull("exit_code")),
                                Optional.ofNullable(row.textOrNull("pilot_status")))));
        return remains;
    }

    /** The minor statuses that the jobs went through, the newest first. */
    public Map<JobId, List<String>> minorStatuses(Collection<JobId> jobs) {
        Map<JobId, List<String>> minors = new HashMap<>();
        statement("""
            select job_id, minor_status from wms.job_log where job_id = any(?) and minor_status <> 'idem'
            order by job_id, status_time desc, sequence desc\
            """).numbers(jobs, JobId::number).rows(row -> minors.computeIfAbsent(
                        new JobId(row.number("job_id")), job -> new ArrayList<>())
                .add(row.text("minor_status")));
        return minors;
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
