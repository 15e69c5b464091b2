/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.cleaning.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the agent that cleans the framework's tables.
 *
 * @param configuration the snapshot they are read from
 */
public record CleaningSettings(Configuration configuration) {

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/Framework/Agents/FrameworkCleaningAgent/PollingTime",
            OptionType.seconds(1),
            "600",
            "Pause between two cycles.",
            "DIRAC EE");

    /** The pause between two cycles. */
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
