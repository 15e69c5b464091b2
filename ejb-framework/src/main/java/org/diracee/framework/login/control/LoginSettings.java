/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import java.time.Duration;
import org.diracee.kernel.configuration.Configuration;

/**
 * Settings of log-ins.
 *
 * @param configuration the snapshot they are read from
 */
public record LoginSettings(Configuration configuration) {

    private static final String SECTION = "Systems/Framework/Services/Token/";
    private static final Duration DEVICE_FLOW = Duration.ofMinutes(10);

    /** The one client id that is accepted; clients are public, so it is no secret. */
    public String clientId() {
        return configuration.option(SECTION + "ClientID").orElse("myDIRACClientID");
    }

    /** How long a person has to approve a log-in. */
    public Duration deviceFlowLifetime() {
        return configuration
                .option(SECTION + "DeviceFlowLifetime")
                .filter(text -> text.matches("[1-9][0-9]{0,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(DEVICE_FLOW);
    }
}
