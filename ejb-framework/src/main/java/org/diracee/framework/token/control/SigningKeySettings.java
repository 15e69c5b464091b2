/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the agent that renews the keys which sign tokens.
 *
 * @param configuration the snapshot they are read from
 */
public record SigningKeySettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Agents/SigningKeyAgent/";

    /** Every node reads the keys once a minute. */
    private static final long KNOWN_TO_ALL_NODES = 120;

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            SECTION + "PollingTime", OptionType.seconds(1), "600", "Pause between two cycles.", "DIRAC EE");
    private static final DeclaredOption<Duration> KEY_LIFETIME = DeclaredOption.of(
            SECTION + "KeyLifetime",
            OptionType.seconds(KNOWN_TO_ALL_NODES),
            "7776000",
            "How long a key signs tokens before a new one takes over; to have a new one soon, make it shorter than the key in use is"
                    + " old.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> OVERLAP = DeclaredOption.of(
            SECTION + "Overlap",
            OptionType.seconds(KNOWN_TO_ALL_NODES),
            "3600",
            "How long a new key is published before it signs, so that all nodes and all who keep our public keys know it.",
            "DIRAC EE");

    /** The pause between two cycles. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** How long a key signs. */
    public Duration keyLifetime() {
        return KEY_LIFETIME.read(configuration);
    }

    /** How long a key is published before it signs. */
    public Duration overlap() {
        return OVERLAP.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING_TIME, KEY_LIFETIME, OVERLAP);
        }
    }
}
