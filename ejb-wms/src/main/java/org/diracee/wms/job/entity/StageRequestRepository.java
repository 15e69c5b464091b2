/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
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

    /** A request that the stager is yet to be told of, or to be told to forget. */
    public record StageRequest(long number, JobId job) {}

    /** Opens a request for each of these jobs, which have just come into Staging. */
    public void open(Collection<Settled> jobs) {
        if (!jobs.isEmpty()) {
            statement("insert into wms.stage_request (job_id, due) select * from unnest(?::bigint[], ?::timestamptz[])")
                    .numbers(jobs, job -> job.id().number())
                    .instants(jobs, Settled::at)
                    .run();
        }
    }

    /** The stager was asked. */
    public void sent(long number) {
        statement("update wms.stage_request set sent = true where request = ?")
                .number(number)
                .run();
    }

    /** What the stager should be asked now, longest due first. */
    public List<StageRequest> due(Instant now, int limit) {
        return statement("""
                        select request.request, request.job_id
                        from wms.stage_request request join wms.job job on job.id = request.job_id
                        where not request.sent and request.due <= ? and job.status = 'Staging'
                            and not exists (select 1 from wms.stage_request later
                                where later.job_id = request.job_id and later.request > request.request)
                        order by request.due limit ?""").instant(now).number(limit).rows(StageRequestRepository::request);
    }

    /** @param isAbandoned whether its job has left Staging, has come into it again, or is no more */
    public record Looked(long number, boolean isAbandoned) {}

    /** So many requests after this one, in the order of their numbers. */
    public List<Looked> look(long after, int span) {
        return statement("""
                        select request.request, job.status is distinct from 'Staging'
                            or exists (select 1 from wms.stage_request later
                                where later.job_id = request.job_id and later.request > request.request) as abandoned
                        from (select request, job_id from wms.stage_request where request > ?
                            order by request limit ?) request
                        left join wms.job job on job.id = request.job_id
                        order by request.request""")
                .number(after)
                .number(span)
                .rows(row -> new Looked(row.number("request"), row.truth("abandoned")));
    }

    /** Asks later. */
    public void putOff(long number, Instant until) {
        statement("update wms.stage_request set due = ? where request = ?")
                .instant(until)
                .number(number)
                .run();
    }

    /** The job of a request; empty if it was answered or forgotten. */
    public Optional<JobId> job(long number) {
        return statement("select request, job_id from wms.stage_request where request = ?")
                .number(number)
                .rows(StageRequestRepository::request)
                .stream()
                .map(StageRequest::job)
                .findFirst();
    }

    /**
     * The stager has answered, or knows that nobody waits.
     *
     * @return false if there is no such request, or if it was not the last one of its job
     */
    public boolean remove(long number) {
        return statement("""
                        delete from wms.stage_request gone where request = ?
                        returning not exists (select 1 from wms.stage_request later
                            where later.job_id = gone.job_id and later.request > gone.request) as is_last""").number(number).rows(row -> row.truth("is_last")).contains(true);
    }

    private static StageRequest request(SqlStatement.Row row) throws SQLException {
        return new StageRequest(row.number("request"), new JobId(row.number("job_id")));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
