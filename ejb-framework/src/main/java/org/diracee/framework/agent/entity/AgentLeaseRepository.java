/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The lease rows of agents. */
@ApplicationScoped
public class AgentLeaseRepository {

    private EntityManager entities;

    protected AgentLeaseRepository() {} // for the container's proxy

    @Inject
    public AgentLeaseRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Takes the lease if it is free, and due where asked for; gives the fence of the new cycle. */
    public OptionalLong take(String agent, String owner, Duration life, boolean onlyIfDue) {
        entities.createNativeQuery(
                        "insert into framework.agent_lease (name) values (:name) on conflict (name) do nothing")
                .setParameter("name", agent)
                .executeUpdate();
        @SuppressWarnings("unchecked") // by the result class asked for
        List<Long> fences = entities.createNativeQuery("""
                        update framework.agent_lease
                        set owner = :owner, fence = fence + 1, expires = clock_timestamp() + make_interval(secs => :life)
                        where name = :name and (expires is null or expires < clock_timestamp())
                        and (not :due or next_due <= clock_timestamp())
                        returning fence""", Long.class)
                .setParameter("name", agent)
                .setParameter("owner", owner)
                .setParameter("life", seconds(life))
                .setParameter("due", onlyIfDue)
                .getResultList();
        return fences.isEmpty() ? OptionalLong.empty() : OptionalLong.of(fences.get(0));
    }

    public boolean prolong(String agent, long fence, Duration life) {
        return entities.createNativeQuery("""
                                update framework.agent_lease
                                set expires = clock_timestamp() + make_interval(secs => :life)
                                where name = :name and fence = :fence and expires is not null""")
                        .setParameter("name", agent)
                        .setParameter("fence", fence)
                        .setParameter("life", seconds(life))
                        .executeUpdate()
                == 1;
    }

    /** Locks the row against a takeover until the transaction ends; false if the lease is another's. */
    public boolean hold(String agent, long fence) {
        return !entities.createNativeQuery("""
                        select fence from framework.agent_lease
                        where name = :name and fence = :fence and expires is not null for share""")
                .setParameter("name", agent)
                .setParameter("fence", fence)
                .getResultList()
                .isEmpty();
    }

    /** Frees the lease and writes down the outcome; false if the lease is another's. */
    public boolean finish(String agent, long fence, Instant started, Outcome outcome, Duration untilNext) {
        return entities.createNativeQuery("""
                                update framework.agent_lease
                                set expires = null, next_due = clock_timestamp() + make_interval(secs => :pause),
                                    last_owner = owner, last_started = :started, last_finished = clock_timestamp(),
                                    last_taken = :taken, last_done = :done, last_failed = :failed,
                                    last_error = nullif(:error, '')
                                where name = :name and fence = :fence and expires is not null""")
                        .setParameter("name", agent)
                        .setParameter("fence", fence)
                        .setParameter("pause", seconds(untilNext))
                        .setParameter("started", started)
                        .setParameter("taken", outcome.taken())
                        .setParameter("done", outcome.done())
                        .setParameter("failed", outcome.failed())
                        .setParameter("error", outcome.error())
                        .executeUpdate()
                == 1;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * How a cycle went.
     *
     * @param error empty if it came to its end
     */
    public record Outcome(int taken, int done, int failed, String error) {}
}
