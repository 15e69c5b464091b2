/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the agent that looks after the revocation lists of each node.
 *
 * @param configuration the snapshot they are read from
 */
public record CrlAgentSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Agents/CrlAgent/";

    private static final DeclaredOption<Boolean> ENABLED = DeclaredOption.of(
            SECTION + "Enabled",
            OptionType.yesNo(),
            "no",
            "Whether the server fetches revocation lists into its directory of CAs; other programs may do it instead.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            SECTION + "PollingTime",
            OptionType.seconds(60),
            "3600",
            "Pause between two looks at the revocation lists.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> AGE_ALARM = DeclaredOption.of(
            SECTION + "AgeAlarm",
            OptionType.duration(ChronoUnit.HOURS, 1),
            "168",
            "The age from which on the log tells of a revocation list, fetched by the server or not; one past its next update is"
                    + " always told of.",
            "DIRAC EE");
    private static final DeclaredOption<Integer> LARGEST_LIST = DeclaredOption.of(
            SECTION + "LargestList",
            OptionType.wholeNumber(1, 1024).as(Math::toIntExact).in("MiB"),
            "20",
            "The largest revocation list that is fetched.",
            "DIRAC EE");

    /** Whether lists are fetched. */
    public boolean enabled() {
        return ENABLED.read(configuration);
    }

    /** The pause between two looks. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** From which age on a list is told of. */
    public Duration ageAlarm() {
        return AGE_ALARM.read(configuration);
    }

    /** The most bytes that a list may have. */
    public int largestList() {
        return LARGEST_LIST.read(configuration) * 1024 * 1024;
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(ENABLED, POLLING_TIME, AGE_ALARM, LARGEST_LIST);
        }
    }
}
