/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the tokens that providers gave.
 *
 * @param configuration the snapshot they are read from
 */
public record TokenManagerSettings(Configuration configuration) {

    private static final DeclaredOption<Duration> KEPT_UNUSED = DeclaredOption.of(
            "Systems/Framework/Services/TokenManager/KeptUnused",
            OptionType.seconds(60),
            "2592000",
            "How long a refresh token of a user at a provider is kept that is not used.",
            "DIRAC EE");

    /** How long one is kept that is not used. */
    public Duration keptUnused() {
        return KEPT_UNUSED.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(KEPT_UNUSED);
        }
    }
}
