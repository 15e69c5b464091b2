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
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** How much a VO, one of its groups and one of its users use of what is limited. */
@ApplicationScoped
public class SubmissionUseRepository {

    private EntityManager entities;

    protected SubmissionUseRepository() {} // for the container's proxy

    @Inject
    public SubmissionUseRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The jobs in these statuses, from the counters and what is not folded into them yet. */
    public Use jobs(String vo, String group, String user, Collection<JobStatus> statuses) {
        return statement("""
                        select coalesce(sum(jobs), 0)::bigint as vo,
                            coalesce(sum(jobs) filter (where owner_group = ?), 0)::bigint as of_group,
                            coalesce(sum(jobs) filter (where owner = ?), 0)::bigint as of_user
                        from (select owner_group, owner, jobs from wms.job_counter where vo = ? and status = any(?)
                            union all
                            select owner_group, owner, jobs from wms.job_counter_delta where vo = ? and status = any(?))
                            counters""")
                .text(group)
                .text(user)
                .text(vo)
                .texts(statuses, JobStatus::text)
                .text(vo)
                .texts(statuses, JobStatus::text)
                .rows(row -> new Use(row.number("vo"), row.number("of_group"), row.number("of_user"), Optional.empty()))
                .get(0);
    }

    /** The descriptions submitted since. */
    public Use submissions(String vo, String group, String user, Instant since) {
        return statement("""
                        select count(*) as vo, count(*) filter (where owner_group = ?) as of_group,
                            count(*) filter (where owner = ?) as of_user, min(submitted) as oldest
                        from wms.submission where vo = ? and submitted > ?""")
                .text(group)
                .text(user)
                .text(vo)
                .instant(since)
                .rows(row -> new Use(
                        row.number("vo"),
                        row.number("of_group"),
                        row.number("of_user"),
                        Optional.ofNullable(row.instantOrNull("oldest"))))
                .get(0);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /**
     * How much is used.
     *
     * @param oldest when the first that counts was submitted
     */
    public record Use(long vo, long group, long user, Optional<Instant> oldest) {}
}
