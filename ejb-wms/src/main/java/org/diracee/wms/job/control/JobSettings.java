/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about jobs on their way.
 *
 * @see "WMS reference 3.1 and 14"
 */
public final class JobSettings {

    private static final String AGENTS = "Systems/WorkloadManagement/Agents/";
    private static final String STALLED_JOB_AGENT = AGENTS + "StalledJobAgent/";

    private static final DeclaredOption<Integer> MAX_RESCHEDULING = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/MaxRescheduling",
            OptionType.smallNumber(0),
            "3",
            "How often a job may start anew.",
            "WMS reference 6");
    private static final DeclaredOption<Boolean> GLOBAL_JOBS_INFO = DeclaredOption.of(
            "Operations/{vo}/Services/JobMonitoring/GlobalJobsInfo",
            OptionType.yesNo(),
            "yes",
            "Whether everybody of the VO may read about all its jobs.",
            "WMS reference 5");
    private static final DeclaredOption<Duration> STALLED_TIME = DeclaredOption.of(
            STALLED_JOB_AGENT + "StalledTime",
            OptionType.seconds(0),
            "4500",
            "Time without a sign of life after which a job is Stalled.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> FAILED_TIME = DeclaredOption.of(
            STALLED_JOB_AGENT + "FailedTime",
            OptionType.seconds(0),
            "11700",
            "Time without a sign of life after which a job has Failed.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> RESCHEDULED_TIME = DeclaredOption.of(
            STALLED_JOB_AGENT + "RescheduledTime",
            OptionType.seconds(0),
            "600",
            "Time after which a job left in Rescheduled goes on.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> STALLED_JOB_AGENT_POLLING = pollingTime("StalledJobAgent", "60");
    private static final DeclaredOption<Duration> MATCHED_LEASE_AGENT_POLLING = pollingTime("MatchedLeaseAgent", "30");
    private static final DeclaredOption<Duration> COUNTER_AGENT_POLLING = pollingTime("CounterAgent", "5");
    private static final DeclaredOption<Duration> PARTITION_AGENT_POLLING = pollingTime("PartitionAgent", "21600");

    private final Configuration configuration;

    public JobSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    public int maxRescheduling(VoName vo) {
        return MAX_RESCHEDULING.read(configuration, vo);
    }

    /** Whether everybody of the VO may read about all its jobs. */
    public boolean globalJobsInfo(VoName vo) {
        return GLOBAL_JOBS_INFO.read(configuration, vo);
    }

    public Duration stalledTime() {
        return STALLED_TIME.read(configuration);
    }

    public Duration failedTime() {
        return FAILED_TIME.read(configuration);
    }

    public Duration rescheduledTime() {
        return RESCHEDULED_TIME.read(configuration);
    }

    public Duration stalledJobAgentPollingTime() {
        return STALLED_JOB_AGENT_POLLING.read(configuration);
    }

    public Duration matchedLeaseAgentPollingTime() {
        return MATCHED_LEASE_AGENT_POLLING.read(configuration);
    }

    public Duration counterAgentPollingTime() {
        return COUNTER_AGENT_POLLING.read(configuration);
    }

    public Duration partitionAgentPollingTime() {
        return PARTITION_AGENT_POLLING.read(configuration);
    }

    private static DeclaredOption<Duration> pollingTime(String agent, String standard) {
        return DeclaredOption.of(
                AGENTS + agent + "/PollingTime",
                OptionType.seconds(0),
                standard,
                "Pause between two cycles.",
                "DIRAC EE");
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(
                    MAX_RESCHEDULING,
                    GLOBAL_JOBS_INFO,
                    STALLED_TIME,
                    FAILED_TIME,
                    RESCHEDULED_TIME,
                    STALLED_JOB_AGENT_POLLING,
                    MATCHED_LEASE_AGENT_POLLING,
                    COUNTER_AGENT_POLLING,
                    PARTITION_AGENT_POLLING);
        }
    }
}
