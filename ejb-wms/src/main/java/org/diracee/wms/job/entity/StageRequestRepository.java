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
import org.diracee.wms.job.entity.JobRepository.Settled;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** What is asked of the stager for jobs in Staging, and what it is yet to be told of jobs that are not any more. */
@ApplicationScoped
public class StageRequestRepository {

    private EntityManager entities;

    protected StageRequestRepository() {} // for the container's proxy

    @Inject
    public StageRequestRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Notes what those of the jobs that are in Staging want.
     *
     * @param sent the minor status of those for which the stager was asked
     */
    public void want(Collection<Settled> jobs, String sent) {
        List<Settled> staging =
                jobs.stream().filter(job -> job.status() == JobStatus.STAGING).toList();
        if (staging.isEmpty()) {
            return;
        }
        statement("""
                        insert into wms.stage_request (job_id, sent, due)
                        select id, minor_status = ?, coalesce(held_until, at)
                        from unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                            as wanted (id, minor_status, held_until, at)
                        on conflict (job_id) do update set sent = excluded.sent, due = excluded.due""")
                .text(sent)
                .numbers(staging, job -> job.id().number())
                .texts(staging, Settled::minorStatus)
                .instants(staging, Settled::heldUntil)
                .instants(staging, Settled::at)
                .run();
    }

    /** Ids of the jobs for which the stager should be asked now, longest due first. */
    public List<Long> due(Instant now, int limit) {
        return statement("""
                        select request.job_id from wms.stage_request request join wms.job job on job.id = request.job_id
                        where not request.sent and request.due <= ? and job.status = 'Staging'
                        order by request.due limit ?""").instant(now).number(limit).rows(row -> row.number("job_id"));
    }

    /** Jobs that have left Staging, or are no more, without a word of the stager; lowest first. */
    public List<JobId> abandoned(int limit) {
        return statement("""
                        select request.job_id from wms.stage_request request left join wms.job job on job.id = request.job_id
                        where job.status is distinct from 'Staging' order by request.job_id limit ?""").number(limit).rows(row -> new JobId(row.number("job_id")));
    }

    /** Asks for a job later. */
    public void putOff(JobId job, Instant until) {
        statement("update wms.stage_request set due = ? where job_id = ?")
                .instant(until)
                .number(job.number())
                .run();
    }

    /** The stager has answered for this job. */
    public void remove(JobId job) {
        statement("delete from wms.stage_request where job_id = ?")
                .number(job.number())
                .run();
    }

    /**
     * The stager knows that nobody waits for the files of this job.
     *
     * @return false if meanwhile somebody does again
     */
    public boolean removeUnlessStaging(JobId job) {
        return !statement("""
                        delete from wms.stage_request where job_id = ?
                            and not exists (select 1 from wms.job where id = job_id and status = 'Staging')
                        returning job_id""")
                .number(job.number())
                .rows(row -> row.number("job_id"))
                .isEmpty();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
