/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of task queues.
 *
 * @param configuration the snapshot they are read from
 */
public record TaskQueueSettings(Configuration configuration) {

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/WorkloadManagement/Agents/TaskQueuesAgent/PollingTime",
            OptionType.seconds(0),
            "120",
            "Pause between two cycles.",
            "DIRAC EE");

    /** The pause between two cycles of the agent that closes idle queues and computes the priorities of all. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING_TIME);
        }
    }
}
