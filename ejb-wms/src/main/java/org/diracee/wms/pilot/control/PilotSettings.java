/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.configuration.InvalidOption;

/** Options of pilots, under {@code Systems/WorkloadManagement/Services/PilotManager}. */
@ApplicationScoped
public class PilotSettings {

    private static final String SECTION = "Systems/WorkloadManagement/Services/PilotManager/";
    private static final int DEFAULT_SECRET_LIFETIME = 86_400;
    private static final int DEFAULT_MAX_LOG_LINES = 100_000;

    private ConfigurationService configuration;

    protected PilotSettings() {} // for the container's proxy

    @Inject
    public PilotSettings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** {@code SecretLifetime}, in seconds: how long a submitted pilot may wait before it logs in. Default one day. */
    public Duration secretLifetime() {
        return Duration.ofSeconds(number("SecretLifetime", DEFAULT_SECRET_LIFETIME));
    }

    /** {@code MaxLogLines}: most lines kept of one pilot's log. Default 100 000. */
    public int maxLogLines() {
        return number("MaxLogLines", DEFAULT_MAX_LOG_LINES);
    }

    private int number(String option, int standard) {
        return configuration
                .current()
                .option(SECTION + option)
                .map(text -> positive(option, text))
                .orElse(standard);
    }

    private static int positive(String option, String text) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new InvalidOption(SECTION + option, text, "a positive whole number");
    }
}
