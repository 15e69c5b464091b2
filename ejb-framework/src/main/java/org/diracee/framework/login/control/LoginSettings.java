/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

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
            "How long a person has to approve a log-in.",
            "DiracX REST reference 4");

    /** The one client id that is accepted; clients are public, so it is no secret. */
    public String clientId() {
        return CLIENT_ID.read(configuration);
    }

    /** How long a person has to approve a log-in. */
    public Duration deviceFlowLifetime() {
        return DEVICE_FLOW_LIFETIME.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(CLIENT_ID, DEVICE_FLOW_LIFETIME);
        }
    }
}
