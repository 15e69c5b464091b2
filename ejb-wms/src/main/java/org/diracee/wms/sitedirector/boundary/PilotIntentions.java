/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.AgentLeases;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.IssuedPilot;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;

/** Commits the intention to submit pilots, on the one node whose turn it is. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PilotIntentions {

    private PilotManager pilots;
    private AgentLeases leases;
    private QueueTests tests;

    protected PilotIntentions() {} // for the container's proxy

    @Inject
    public PilotIntentions(PilotManager pilots, AgentLeases leases, QueueTests tests) {
        this.pilots = pilots;
        this.leases = leases;
        this.tests = tests;
    }

    /**
     * Gives pilots their rows and secrets; when this returns they may be started.
     *
     * @param lease of the cycle, empty if it was called by hand
     * @throws org.diracee.framework.agent.boundary.LeaseLost if another node has taken over: nothing may be started
     */
    @Requires(callers = CallerKind.SYSTEM)
    public List<IssuedPilot> issue(Caller caller, Optional<AgentLease> lease, VoName vo, CeQueue queue, int number) {
        lease.ifPresent(leases::confirm);
        return pilots.issue(caller, vo, queue.ceType(), queue.slot(), number);
    }

    /**
     * Gives the pilot of a test its row and secret.
     *
     * @throws org.diracee.framework.agent.boundary.LeaseLost if another node has taken over: nothing may be started
     * @throws QueueTestNotFound if the test has a pilot already or is over: nothing may be started
     */
    @Requires(callers = CallerKind.SYSTEM)
    public IssuedPilot issueForTest(Caller caller, Optional<AgentLease> lease, QueueTestFacts test, CeQueue queue) {
        IssuedPilot pilot = issue(caller, lease, test.vo(), queue, 1).get(0);
        tests.name(caller, test.id(), pilot.stamp());
        return pilot;
    }
}
