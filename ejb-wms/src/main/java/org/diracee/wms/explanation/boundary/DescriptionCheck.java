/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.util.List;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/**
 * What a description would make, and where its jobs could run now.
 *
 * @param jobs how many
 * @param warnings what the description asks for and nothing acts on, and the like
 * @param queues the task queues that the jobs would wait in; not more than {@link #MOST_QUEUES}
 */
public record DescriptionCheck(int jobs, List<String> warnings, List<QueueCheck> queues) {

    public static final int MOST_QUEUES = 10;

    public DescriptionCheck {
        warnings = List.copyOf(warnings);
        queues = List.copyOf(queues);
    }

    /**
     * Jobs that would wait in one task queue.
     *
     * @param sentence the answer for who reads nothing else
     * @param requires their requirements, what was not said filled in
     */
    public record QueueCheck(int jobs, String sentence, QueueDefinition requires, ResourceChecks resources) {}
}
