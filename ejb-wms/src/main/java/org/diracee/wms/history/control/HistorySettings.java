/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the history of jobs and pilots.
 *
 * @param configuration the snapshot they are read from
 */
public record HistorySettings(Configuration configuration) {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/StatesAccountingAgent/";

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            AGENT + "PollingTime",
            OptionType.seconds(1),
            "20",
            "Pause between two looks at the clock; jobs and pilots are counted at the first look of a minute. DIRAC has 900 here, and counts"
                    + " at each look.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> DETAIL = DeclaredOption.of(
            AGENT + "DetailDays",
            OptionType.duration(ChronoUnit.DAYS, 1),
            "2",
            "For so long every minute is kept; then the averages of the hours.",
            "DIRAC EE");

    /** The pause between two looks at the clock. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** For how long every minute is kept. */
    public Duration detail() {
        return DETAIL.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING_TIME, DETAIL);
        }
    }
}
