/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.cleaning.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Settings of the audit log.
 *
 * @param configuration the snapshot they are read from
 */
public record AuditSettings(Configuration configuration) {

    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/Framework/Agents/AuditAgent/PollingTime",
            OptionType.seconds(1),
            "3600",
            "Pause between two cycles.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> RETENTION = DeclaredOption.of(
            "Systems/Framework/Agents/AuditAgent/RetentionDays",
            OptionType.duration(ChronoUnit.DAYS, 31),
            "400",
            "For so long the audit log is kept at least; whole months are dropped.",
            "DIRAC EE");

    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** How long rows stay at least. */
    public Duration retention() {
        return RETENTION.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING_TIME, RETENTION);
        }
    }
}
