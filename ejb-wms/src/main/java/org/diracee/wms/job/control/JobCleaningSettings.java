/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.JobStatus;

/**
 * What the configuration says about jobs that are to go.
 *
 * @see "WMS reference 14, JobCleaningAgent"
 */
public final class JobCleaningSettings {

    private static final String AGENT = "Systems/WorkloadManagement/Agents/JobCleaningAgent/";
    private static final String SOURCE = "WMS reference 14";

    private static final DeclaredOption<Long> DONE = delay("Done", "7");
    private static final DeclaredOption<Long> KILLED = delay("Killed", "7");
    private static final DeclaredOption<Long> FAILED = delay("Failed", "7");
    private static final DeclaredOption<Duration> DELETED = DeclaredOption.of(
            AGENT + "ErasureDelay",
            OptionType.duration(ChronoUnit.HOURS, 0),
            "24",
            "How long a deleted job can be looked at still before it is erased.",
            "DIRAC EE");
    private static final DeclaredOption<List<String>> PRODUCTION_TYPES = DeclaredOption.of(
            AGENT + "ProductionTypes",
            OptionType.texts(),
            "MCSimulation, Merge",
            "Types of jobs that are never deleted for their age; their transformations do so.",
            SOURCE);
    private static final DeclaredOption<Integer> JOBS_AT_ONCE = DeclaredOption.of(
            AGENT + "MaxJobsAtOnce",
            OptionType.smallNumber(1),
            "500",
            "How many jobs are deleted or erased in one transaction.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            AGENT + "PollingTime", OptionType.seconds(0), "3600", "Pause between two cycles.", SOURCE);

    private final Configuration configuration;

    public JobCleaningSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** For how long a job that rests in this status is kept; empty: for ever. */
    public Optional<Duration> delay(JobStatus status) {
        return switch (status) {
            case DONE -> days(DONE);
            case KILLED -> days(KILLED);
            case FAILED -> days(FAILED);
            case DELETED -> Optional.of(DELETED.read(configuration));
            case SUBMITTING,
                    RECEIVED,
                    CHECKING,
                    SCOUTING,
                    STAGING,
                    WAITING,
                    MATCHED,
                    RESCHEDULED,
                    RUNNING,
                    STALLED,
                    COMPLETING,
                    COMPLETED -> Optional.empty();
        };
    }

    /** Types of jobs in this status that are kept whatever their age. */
    public List<String> keptTypes(JobStatus status) {
        return status == JobStatus.DELETED ? List.of() : PRODUCTION_TYPES.read(configuration);
    }

    public int jobsAtOnce() {
        return JOBS_AT_ONCE.read(configuration);
    }

    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    private Optional<Duration> days(DeclaredOption<Long> option) {
        return Optional.of(option.read(configuration)).filter(days -> days >= 0).map(Duration::ofDays);
    }

    private static DeclaredOption<Long> delay(String status, String days) {
        return DeclaredOption.of(
                AGENT + "RemoveStatusDelay/" + status,
                OptionType.wholeNumber(-1),
                days,
                "Days after which a job in " + status + " is deleted unless something touched it; -1: never.",
                SOURCE);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(DONE, KILLED, FAILED, DELETED, PRODUCTION_TYPES, JOBS_AT_ONCE, POLLING_TIME);
        }
    }
}
