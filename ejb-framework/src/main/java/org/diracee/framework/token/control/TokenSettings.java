/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.time.Duration;
import org.diracee.kernel.configuration.Configuration;

/**
 * Settings of the token issuer.
 *
 * @param configuration the snapshot they are read from
 */
public record TokenSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Token/";
    private static final Duration ACCESS = Duration.ofMinutes(20);
    private static final Duration REFRESH = Duration.ofMinutes(60);
    private static final Duration PILOT_REFRESH = Duration.ofDays(7);

    /** Who we are in our tokens; by default the URL of the installation. */
    public String issuer(String publicUrl) {
        return configuration.option(SECTION + "Issuer").orElse(publicUrl);
    }

    public Duration accessTokenLifetime() {
        return seconds("AccessTokenLifetime", ACCESS);
    }

    /** The longest time between a user's log-ins. */
    public Duration refreshTokenLifetime() {
        return seconds("RefreshTokenLifetime", REFRESH);
    }

    /** The longest time that a pilot can go on. */
    public Duration pilotRefreshTokenLifetime() {
        return seconds("PilotRefreshTokenLifetime", PILOT_REFRESH);
    }

    private Duration seconds(String option, Duration otherwise) {
        return configuration
                .option(SECTION + option)
                .map(text -> positive(text, otherwise))
                .orElse(otherwise);
    }

    private static Duration positive(String text, Duration otherwise) {
        try {
            long seconds = Long.parseLong(text.strip());
            return seconds > 0 ? Duration.ofSeconds(seconds) : otherwise;
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }
}
