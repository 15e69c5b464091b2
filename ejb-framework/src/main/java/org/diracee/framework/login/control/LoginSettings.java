/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.InvalidValue;

/**
 * Settings of log-ins.
 *
 * @param configuration the snapshot they are read from
 */
public record LoginSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Token/";

    private static final DeclaredOption<String> CLIENT_ID = DeclaredOption.of(
            SECTION + "ClientID",
            OptionType.text(),
            "myDIRACClientID",
            "The one client id that is accepted; clients are public, so it is no secret.",
            "DiracX REST reference 4");
    private static final DeclaredOption<Duration> DEVICE_FLOW_LIFETIME = DeclaredOption.of(
            SECTION + "DeviceFlowLifetime",
            OptionType.duration(ChronoUnit.SECONDS, 1, 999_999),
            "600",
            "How long a person has to log in and to approve.",
            "DiracX REST reference 4");

    private static final DeclaredOption<List<String>> REDIRECTS = DeclaredOption.of(
            SECTION + "RedirectURIs",
            OptionType.listOf(
                    OptionType.value("an absolute http or https URL without fragment", LoginSettings::redirect)),
            "",
            "Where programs in browsers may have people and codes sent back to, compared letter by letter.",
            "DiracX REST reference 4");

    /** How long a program has to exchange a code. */
    public static final Duration CODE_LIFE = Duration.ofMinutes(2);

    /** The one client id that is accepted; clients are public, so it is no secret. */
    public String clientId() {
        return CLIENT_ID.read(configuration);
    }

    /** How long a person has to approve a log-in. */
    public Duration deviceFlowLifetime() {
        return DEVICE_FLOW_LIFETIME.read(configuration);
    }

    /** Where codes may be sent to. */
    public List<String> redirects() {
        return REDIRECTS.read(configuration);
    }

    private static String redirect(String text) {
        try {
            URI address = new URI(text);
            if (List.of("http", "https").contains(address.getScheme())
                    && address.getHost() != null
                    && address.getRawFragment() == null) {
                return text;
            }
        } catch (URISyntaxException noAddress) {
            // told below
        }
        throw new InvalidValue("redirect URI", text, "an absolute http or https URL without fragment");
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(CLIENT_ID, DEVICE_FLOW_LIFETIME, REDIRECTS);
        }
    }
}
