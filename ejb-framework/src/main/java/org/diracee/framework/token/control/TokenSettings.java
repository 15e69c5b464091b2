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
 * Settings of the token issuer.
 *
 * @param configuration the snapshot they are read from
 */
public record TokenSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Token/";

    private static final DeclaredOption<String> ISSUER = DeclaredOption.of(
            SECTION + "Issuer",
            OptionType.text(),
            "Who we are in our tokens; by default the URL of the installation.",
            "DiracX REST reference 3");
    private static final DeclaredOption<Duration> ACCESS = DeclaredOption.of(
            SECTION + "AccessTokenLifetime",
            OptionType.seconds(1),
            "1200",
            "How long an access token is valid.",
            "DiracX REST reference 3");
    private static final DeclaredOption<Duration> REFRESH = DeclaredOption.of(
            SECTION + "RefreshTokenLifetime",
            OptionType.seconds(1),
            "3600",
            "The longest time between a user's log-ins.",
            "DiracX REST reference 3");
    private static final DeclaredOption<Duration> PILOT_REFRESH = DeclaredOption.of(
            SECTION + "PilotRefreshTokenLifetime",
            OptionType.seconds(1),
            "604800",
            "The longest time that a pilot can go on.",
            "DIRAC EE");

    /** Who we are in our tokens; by default the URL of the installation. */
    public String issuer(String publicUrl) {
        return ISSUER.find(configuration).orElse(publicUrl);
    }

    public Duration accessTokenLifetime() {
        return ACCESS.read(configuration);
    }

    /** The longest time between a user's log-ins. */
    public Duration refreshTokenLifetime() {
        return REFRESH.read(configuration);
    }

    /** The longest time that a pilot can go on. */
    public Duration pilotRefreshTokenLifetime() {
        return PILOT_REFRESH.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(ISSUER, ACCESS, REFRESH, PILOT_REFRESH);
        }
    }
}
