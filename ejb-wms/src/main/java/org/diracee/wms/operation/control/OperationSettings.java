/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/** What the configuration says about operations. */
public final class OperationSettings {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/OperationAgent/";
    private static final String SOURCE = "DIRAC EE";

    private static final DeclaredOption<Integer> PORTION = DeclaredOption.of(
            AGENT + "MaxJobsAtOnce",
            OptionType.smallNumber(1),
            "1000",
            "How many jobs of an operation are changed in one transaction.",
            SOURCE);
    private static final DeclaredOption<Duration> REST = DeclaredOption.of(
            AGENT + "Rest",
            OptionType.duration(ChronoUnit.MILLIS, 0),
            "100",
            "Pause between two portions, which is others' time.",
            SOURCE);
    private static final DeclaredOption<Duration> KEPT = DeclaredOption.of(
            AGENT + "KeptDays",
            OptionType.duration(ChronoUnit.DAYS, 1),
            "7",
            "For so long an operation can be looked at after its end.",
            SOURCE);
    private static final DeclaredOption<Integer> OPEN = DeclaredOption.of(
            AGENT + "MaxOpenPerUser",
            OptionType.smallNumber(1),
            "20",
            "How many operations of one user may wait or run at a time.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING_TIME =
            DeclaredOption.of(AGENT + "PollingTime", OptionType.seconds(0), "1", "Pause between two cycles.", SOURCE);

    private final Configuration configuration;

    public OperationSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    public int portion() {
        return PORTION.read(configuration);
    }

    public Duration rest() {
        return REST.read(configuration);
    }

    public Duration kept() {
        return KEPT.read(configuration);
    }

    public int openPerUser() {
        return OPEN.read(configuration);
    }

    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(PORTION, REST, KEPT, OPEN, POLLING_TIME);
        }
    }
}
