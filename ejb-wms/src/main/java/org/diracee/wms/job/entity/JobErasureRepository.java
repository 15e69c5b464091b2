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
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Finds jobs that ended long ago, and erases what the database holds of deleted ones. */
@ApplicationScoped
public class JobErasureRepository {

    private EntityManager entities;

    protected JobErasureRepository() {} // for the container's proxy

    @Inject
    public JobErasureRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Ids of jobs in this status that nothing has touched since; the longest ended first. */
    public List<JobId> ended(JobStatus status, Instant untouchedSince, Collection<String> exceptTypes, int limit) {
        return ended("", status, untouchedSince, exceptTypes, limit).rows(row -> new JobId(row.number("id")));
    }

    /** The statement that finds ended jobs, behind a word like {@code explain}. */
    SqlStatement ended(
            String prefix, JobStatus status, Instant untouchedSince, Collection<String> exceptTypes, int limit) {
        return statement(prefix + """
                        select id from wms.job
                        where status = ? and status in ('Done', 'Failed', 'Killed', 'Deleted')
                            and end_exec_time < ? and last_update_time < ? and job_type <> all(?)
                        order by end_exec_time limit ?""")
                .text(status.text())
                .instant(untouchedSince)
                .instant(untouchedSince)
                .texts(exceptTypes)
                .number(limit);
    }

    /**
     * Erases those of the jobs that are deleted, with their parameters, orders and hand-outs. Their log and heartbeats go with their months, so that whoever follows the log misses nothing.
     *
     * @return how many were erased
     */
    public int erase(Collection<JobId> jobs) {
        return statement("""
                        with gone as (
                            delete from wms.job where id = any(?) and status = 'Deleted' returning *),
                        parameters as (delete from wms.job_parameter where job_id in (select id from gone)),
                        attic as (delete from wms.job_parameter_attic where job_id in (select id from gone)),
                        orders as (delete from wms.job_command where job_id in (select id from gone)),
                        handouts as (delete from wms.pilot_job where job_id in (select id from gone)),
                        counted as (
                            insert into wms.job_counter_delta
                                (vo, owner, owner_group, job_group, site, job_type, status, minor_status, jobs)
                            select vo, owner, owner_group, job_group, site, job_type, status, minor_status, -count(*)
                            from gone group by 1, 2, 3, 4, 5, 6, 7, 8),
                        submissions as (
                            update wms.submission submission set erased = erased + erasure.jobs
                            from (select submission_id, count(*) as jobs from gone group by 1) erasure
                            where submission.id = erasure.submission_id)
                        select count(*) as erased from gone""")
                .numbers(jobs, JobId::number)
                .rows(row -> row.integer("erased"))
                .get(0);
    }

    /** Removes submissions all of whose jobs are erased, at most this many. */
    public int removeEmptySubmissions(int limit) {
        return statement("""
                        delete from wms.submission where id in (
                            select id from wms.submission where erased >= jobs limit ? for update skip locked)""").number(limit).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
