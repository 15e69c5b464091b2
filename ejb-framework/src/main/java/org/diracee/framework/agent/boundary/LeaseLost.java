/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** Another node has taken the agent over, so this cycle's work must not count any more. */
public class LeaseLost extends DiracException {

    private static final long serialVersionUID = 1L;

    public LeaseLost(AgentLease lease) {
        super(ErrorCode.CONFLICT, "Cycle " + lease.fence() + " of " + lease.agent() + " was taken over");
    }
}
