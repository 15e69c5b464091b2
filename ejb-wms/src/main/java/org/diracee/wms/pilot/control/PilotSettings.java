/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/** Options of pilots, under {@code Systems/WorkloadManagement/Services/PilotManager}. */
@ApplicationScoped
public class PilotSettings implements DeclaredOptions {

    private static final String SECTION = "Systems/WorkloadManagement/Services/PilotManager/";

    private static final DeclaredOption<Duration> SECRET_LIFETIME = DeclaredOption.of(
            SECTION + "SecretLifetime",
            OptionType.seconds(1),
            "86400",
            "How long a submitted pilot may wait before it logs in.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> LONGEST_SECRET_LIFETIME = DeclaredOption.of(
            SECTION + "LongestSecretLifetime",
            OptionType.seconds(60),
            "31536000",
            "How long a secret can be good at most that an administrator makes for pilots.",
            "DIRAC EE");
    private static final DeclaredOption<Integer> MAX_LOG_LINES = DeclaredOption.of(
            SECTION + "MaxLogLines",
            OptionType.smallNumber(1),
            "100000",
            "The most lines kept of one pilot's log.",
            "DIRAC EE");

    private static final DeclaredOption<Integer> MAX_LOG_CHARACTERS = DeclaredOption.of(
            SECTION + "MaxLogCharacters",
            OptionType.smallNumber(1),
            "20000000",
            "The most characters kept of one pilot's log.",
            "DIRAC EE");

    private ConfigurationService configuration;

    protected PilotSettings() {} // for the container's proxy

    @Inject
    public PilotSettings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** How long a submitted pilot may wait before it logs in. */
    public Duration secretLifetime() {
        return SECRET_LIFETIME.read(configuration.current());
    }

    /** How long a secret can be good at most that an administrator makes. */
    public Duration longestSecretLifetime() {
        return LONGEST_SECRET_LIFETIME.read(configuration.current());
    }

    /** The most lines kept of one pilot's log. */
    public int maxLogLines() {
        return MAX_LOG_LINES.read(configuration.current());
    }

    /** The most characters kept of one pilot's log. */
    public int maxLogCharacters() {
        return MAX_LOG_CHARACTERS.read(configuration.current());
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(SECRET_LIFETIME, LONGEST_SECRET_LIFETIME, MAX_LOG_LINES, MAX_LOG_CHARACTERS);
    }
}
