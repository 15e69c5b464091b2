/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the agent that ends, accounts and clears pilots.
 *
 * @param configuration the snapshot they are read from
 * @see "WMS reference 11.5, PilotStatusAgent"
 */
public record PilotStatusSettings(Configuration configuration) {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/PilotStatusAgent/";
    private static final String SOURCE = "WMS reference 11.5";

    private static final DeclaredOption<Duration> POLLING_TIME =
            DeclaredOption.of(AGENT + "PollingTime", OptionType.seconds(1), "300", "Pause between two cycles.", SOURCE);
    private static final DeclaredOption<Duration> STALLED = days(
            "PilotStalledDays",
            "3",
            "A pilot that nothing was heard of for so long, nor of its jobs, becomes Deleted.");
    private static final DeclaredOption<Duration> CLEAR =
            days("ClearPilotsDelay", "30", "For so long an ended pilot is kept with its log and output.");
    private static final DeclaredOption<Duration> CLEAR_ABORTED =
            days("ClearAbortedPilotsDelay", "7", "For so long an aborted pilot is kept.");
    private static final DeclaredOption<Boolean> ACCOUNTING = DeclaredOption.of(
            AGENT + "PilotAccountingEnabled",
            OptionType.yesNo(),
            "no",
            "Whether ended pilots are marked as accounted once those that observe PilotFinished were told, and none is cleared"
                    + " before. DIRAC has True here; in DIRAC EE nothing accounts pilots yet.",
            SOURCE);

    private static DeclaredOption<Duration> days(String name, String otherwise, String meaning) {
        return DeclaredOption.of(AGENT + name, OptionType.duration(ChronoUnit.DAYS, 1), otherwise, meaning, SOURCE);
    }

    /** The pause between two cycles. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** For how long nothing may be heard of a pilot. */
    public Duration stalled() {
        return STALLED.read(configuration);
    }

    /** For how long an ended pilot is kept. */
    public Duration clear() {
        return CLEAR.read(configuration);
    }

    /** For how long an aborted pilot is kept. */
    public Duration clearAborted() {
        return CLEAR_ABORTED.read(configuration);
    }

    /** Whether ended pilots are accounted. */
    public boolean accounts() {
        return ACCOUNTING.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING_TIME, STALLED, CLEAR, CLEAR_ABORTED, ACCOUNTING);
        }
    }
}
