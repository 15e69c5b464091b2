/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import jakarta.ejb.Stateless;
import java.util.List;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.VoName;

/** What waits, and for which resource. */
@Stateless
public class TaskQueues {

    /**
     * The queues of the VO that have waiting jobs which fit the resource.
     *
     * @param bound up to how many waiting jobs of one queue are counted
     */
    @Requires(callers = CallerKind.SYSTEM)
    public List<WaitingQueue> matching(Caller caller, VoName vo, ResourceDescription resource, int bound) {
        throw new UnsupportedOperationException();
    }
}
