/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.access.OpenAccess;

/** The cycles that run on this node; prolongs their leases as long as the node lives. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RunningCycles {

    private final Set<AgentLease> running = ConcurrentHashMap.newKeySet();
    private AgentLeases leases;

    protected RunningCycles() {} // for the container's proxy

    @Inject
    public RunningCycles(AgentLeases leases) {
        this.leases = leases;
    }

    @OpenAccess("called by the cycle itself")
    public void add(AgentLease lease) {
        running.add(lease);
    }

    @OpenAccess("called by the cycle itself")
    public void remove(AgentLease lease) {
        running.remove(lease);
    }

    /** Prolongs every running cycle's lease, three times within its life. */
    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    @OpenAccess("called by the timer")
    public void prolong() {
        for (AgentLease lease : running) {
            try {
                if (!leases.prolong(lease) && running.remove(lease)) {
                    LOG.leaseLost(lease.agent(), lease.fence());
                }
            } catch (RuntimeException databaseDown) {
                LOG.debugf(databaseDown, "the lease of %s was not prolonged", lease.agent());
            }
        }
    }
}
