/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A task queue in which jobs wait.
 *
 * @param cpuTime normalised seconds that its jobs may need
 * @param waiting jobs that wait, counted up to the bound the caller gave
 */
public record WaitingQueue(
        long id, VoName vo, UserName owner, GroupName ownerGroup, long cpuTime, double priority, int waiting) {

    static WaitingQueue of(OpenQueue queue, int jobs) {
        QueueDefinition of = queue.definition();
        return new WaitingQueue(queue.id(), of.vo(), of.owner(), of.ownerGroup(), of.cpuTime(), queue.priority(), jobs);
    }
}
