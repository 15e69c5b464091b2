/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.time.Duration;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.VoName;

/** What the configuration says of handing out jobs; all times in seconds. */
public final class MatchingSettings {

    private final Configuration configuration;

    public MatchingSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** How long a job may stay Matched before it is handed out again: {@code JobScheduling/MatchedLease}, 300 s. */
    public Duration matchedLease(VoName vo) {
        return configuration
                .operation(vo, "JobScheduling/MatchedLease")
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ofMinutes(5));
    }

    /** How long a job's token lives: {@code Services/Matcher/JobTokenLifetime} of workload management, a day. */
    public Duration jobTokenLifetime() {
        return configuration
                .option("Systems/WorkloadManagement/Services/Matcher/JobTokenLifetime")
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ofDays(1));
    }
}
