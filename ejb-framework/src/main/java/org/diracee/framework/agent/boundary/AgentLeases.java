/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.framework.agent.entity.AgentLeaseRepository;
import org.diracee.kernel.access.OpenAccess;

/**
 * Sees to it that a cycle of an agent runs on one node at a time and not before it is due. All times are the database's,
 * so the nodes' clocks do not matter.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AgentLeases {

    /** How long a node that fell silent keeps others from taking over. */
    public static final Duration LIFE = Duration.ofSeconds(30);

    private static final String AGENTS = "used by agents, which are the server itself";

    private AgentLeaseRepository leases;

    protected AgentLeases() {} // for the container's proxy

    @Inject
    public AgentLeases(AgentLeaseRepository leases) {
        this.leases = leases;
    }

    /** Takes the lease if nobody holds it and the next cycle is due. */
    @OpenAccess(AGENTS)
    public Optional<AgentLease> takeIfDue(String agent, String owner) {
        return take(agent, owner, true);
    }

    /** Takes the lease if nobody holds it, due or not. */
    @OpenAccess(AGENTS)
    public Optional<AgentLease> takeNow(String agent, String owner) {
        return take(agent, owner, false);
    }

    /** Prolongs the lease of a cycle that goes on; false if another node has taken over. */
    @OpenAccess(AGENTS)
    public boolean prolong(AgentLease lease) {
        return leases.prolong(lease.agent(), lease.fence(), LIFE);
    }

    /**
     * Makes the surrounding transaction count only while the lease is held: until it ends nobody can take the lease over.
     *
     * @throws LeaseLost if another node has taken over
     */
    @OpenAccess(AGENTS)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void confirm(AgentLease lease) {
        if (!leases.hold(lease.agent(), lease.fence())) {
            throw new LeaseLost(lease);
        }
    }

    /** Gives the lease back and keeps how the cycle went; false if another node has taken over. */
    @OpenAccess(AGENTS)
    public boolean finish(AgentLease lease, Instant started, CycleReport report, Duration untilNext) {
        return leases.finish(
                lease.agent(),
                lease.fence(),
                started,
                new AgentLeaseRepository.Outcome(report.taken(), report.done(), report.failed(), ""),
                untilNext);
    }

    /** Gives the lease back after a cycle that broke off; false if another node has taken over. */
    @OpenAccess(AGENTS)
    public boolean breakOff(AgentLease lease, Instant started, String error, Duration untilNext) {
        return leases.finish(
                lease.agent(), lease.fence(), started, new AgentLeaseRepository.Outcome(0, 0, 0, error), untilNext);
    }

    private Optional<AgentLease> take(String agent, String owner, boolean onlyIfDue) {
        OptionalLong fence = leases.take(agent, owner, LIFE, onlyIfDue);
        return fence.isPresent() ? Optional.of(new AgentLease(agent, owner, fence.getAsLong())) : Optional.empty();
    }
}
