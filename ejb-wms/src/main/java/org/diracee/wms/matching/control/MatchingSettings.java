/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/** What the configuration says of handing out jobs. */
public final class MatchingSettings {

    private static final DeclaredOption<Duration> MATCHED_LEASE = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/MatchedLease",
            OptionType.seconds(0),
            "300",
            "How long a job may stay Matched before it is handed out again.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> JOB_TOKEN_LIFETIME = DeclaredOption.of(
            "Systems/WorkloadManagement/Services/Matcher/JobTokenLifetime",
            OptionType.seconds(1),
            "86400",
            "How long a job's token lives, at most AccessTokenLimit; long, so that a wrapper outlives an outage of the server.",
            "DIRAC EE");

    private static final DeclaredOption<Duration> JOB_TOKEN_GRACE = DeclaredOption.of(
            "Systems/WorkloadManagement/Services/Matcher/JobTokenGrace",
            OptionType.seconds(0),
            "900",
            "How long a job's token goes on counting after the job has ended, for what its wrapper still has to send.",
            "DIRAC EE");

    private static final DeclaredOption<Integer> STOP_AFTER_HOST_FAILURES = DeclaredOption.of(
            "Systems/WorkloadManagement/Services/Matcher/StopAfterHostFailures",
            OptionType.smallNumber(0),
            "3",
            "A pilot whose last so many jobs failed because of its host, within half an hour, gets no more; 0: it does.",
            "WMS reference 13.1");

    private final Configuration configuration;

    public MatchingSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** How long a job may stay Matched before it is handed out again. */
    public Duration matchedLease(VoName vo) {
        return MATCHED_LEASE.read(configuration, vo);
    }

    /** How long a job's token lives; it is worth nothing once the attempt has lost its job. */
    public Duration jobTokenLifetime() {
        return JOB_TOKEN_LIFETIME.read(configuration);
    }

    /** How long a job's token goes on counting after the job has ended. */
    public Duration jobTokenGrace() {
        return JOB_TOKEN_GRACE.read(configuration);
    }

    /** How many jobs in a row that failed because of its host a pilot may have; 0: any number. */
    public int stopAfterHostFailures() {
        return STOP_AFTER_HOST_FAILURES.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(MATCHED_LEASE, JOB_TOKEN_LIFETIME, JOB_TOKEN_GRACE, STOP_AFTER_HOST_FAILURES);
        }
    }
}
