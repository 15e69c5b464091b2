/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
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
    private static final DeclaredOption<List<Duration>> RESCHEDULE_DELAYS = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/RescheduleDelays",
            OptionType.listOf(OptionType.seconds(0)),
            "",
            "How long a job is held before it waits again: after its first rescheduling, its second and so on, the last for all"
                    + " later ones; without any it waits at once.",
            "WMS reference 9");
    private static final DeclaredOption<Boolean> GLOBAL_JOBS_INFO = DeclaredOption.of(
            "Operations/{vo}/Services/JobMonitoring/GlobalJobsInfo",
            OptionType.yesNo(),
            "yes",
            "Whether everybody of the VO may read about all its jobs.",
            "WMS reference 5");
    private static final DeclaredOption<Integer> EXPORTS_PER_USER = DeclaredOption.of(
            "Systems/WorkloadManagement/Services/JobMonitoring/ExportsPerUser",
            OptionType.smallNumber(1),
            "4",
            "Searches that a user may have written out as NDJSON or CSV at a time, on each node.",
            "DIRAC EE");
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
    private static final DeclaredOption<List<String>> TOLERANT_SITES = DeclaredOption.of(
            STALLED_JOB_AGENT + "StalledJobsTolerantSites",
            OptionType.texts(),
            "",
            "Sites whose jobs may be silent for longer.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> TOLERANCE_TIME = DeclaredOption.of(
            STALLED_JOB_AGENT + "StalledJobsToleranceTime",
            OptionType.seconds(0),
            "0",
            "By how much longer jobs at tolerant sites may be silent.",
            "WMS reference 14");
    private static final DeclaredOption<List<String>> RESCHEDULE_SITES = DeclaredOption.of(
            STALLED_JOB_AGENT + "StalledJobsToRescheduleSites",
            OptionType.texts(),
            "",
            "Sites whose jobs are rescheduled where they would fail for being silent.",
            "WMS reference 14");
    private static final DeclaredOption<Duration> STALLED_JOB_AGENT_POLLING = pollingTime("StalledJobAgent", "60");
    private static final DeclaredOption<Duration> MATCHED_LEASE_AGENT_POLLING = pollingTime("MatchedLeaseAgent", "30");
    private static final DeclaredOption<Duration> COUNTER_AGENT_POLLING = pollingTime("CounterAgent", "5");
    private static final DeclaredOption<Duration> PARTITION_AGENT_POLLING = pollingTime("PartitionAgent", "21600");

    private static final DeclaredOption<Duration> JOB_LOG_RETENTION = retention(
            "JobLogRetentionDays", "400", "For so long the log of jobs is kept at least; whole months are dropped.");
    private static final DeclaredOption<Duration> HEARTBEAT_RETENTION = retention(
            "HeartBeatRetentionDays",
            "90",
            "For so long heartbeats and the logs of pilots are kept at least; whole months are dropped.");

    private static final DeclaredOption<Duration> JOB_HISTORY_RETENTION = retention(
            "JobHistoryRetentionDays",
            "400",
            "For so long the history of numbers of jobs is kept at least; whole months are dropped.");

    private final Configuration configuration;

    public JobSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    public int maxRescheduling(VoName vo) {
        return MAX_RESCHEDULING.read(configuration, vo);
    }

    /** How long a job is held when it was rescheduled so often. */
    public Duration rescheduleDelay(VoName vo, int reschedulings) {
        List<Duration> delays = RESCHEDULE_DELAYS.read(configuration, vo);
        return delays.isEmpty() || reschedulings < 1
                ? Duration.ZERO
                : delays.get(Math.min(reschedulings, delays.size()) - 1);
    }

    /** Whether everybody of the VO may read about all its jobs. */
    public boolean globalJobsInfo(VoName vo) {
        return GLOBAL_JOBS_INFO.read(configuration, vo);
    }

    /** How long a running job may be silent until it counts as stalled. */
    public Silence stalledAfter() {
        return tolerant(STALLED_TIME.read(configuration));
    }

    /** How long a stalled job may be silent until it has failed. */
    public Silence failedAfter() {
        return tolerant(FAILED_TIME.read(configuration));
    }

    /** How long a job may rest in Rescheduled, wherever it was. */
    public Silence rescheduledAfter() {
        return Silence.of(RESCHEDULED_TIME.read(configuration));
    }

    /** Whether jobs of this site are rescheduled where others fail for being silent. */
    public boolean reschedulesStalled(String site) {
        return RESCHEDULE_SITES.read(configuration).contains(site);
    }

    private Silence tolerant(Duration everywhere) {
        return new Silence(
                everywhere, Set.copyOf(TOLERANT_SITES.read(configuration)), TOLERANCE_TIME.read(configuration));
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

    /** How long the log of jobs is kept at least. */
    public Duration jobLogRetention() {
        return JOB_LOG_RETENTION.read(configuration);
    }

    /** How long heartbeats and the logs of pilots are kept at least. */
    public Duration heartbeatRetention() {
        return HEARTBEAT_RETENTION.read(configuration);
    }

    /** How long the history of numbers of jobs is kept at least. */
    public Duration jobHistoryRetention() {
        return JOB_HISTORY_RETENTION.read(configuration);
    }

    private static DeclaredOption<Duration> retention(String name, String days, String meaning) {
        return DeclaredOption.of(
                AGENTS + "PartitionAgent/" + name, OptionType.duration(ChronoUnit.DAYS, 31), days, meaning, "DIRAC EE");
    }

    private static DeclaredOption<Duration> pollingTime(String agent, String standard) {
        return DeclaredOption.of(
                AGENTS + agent + "/PollingTime",
                OptionType.seconds(0),
                standard,
                "Pause between two cycles.",
                "DIRAC EE");
    }

    public int exportsPerUser() {
        return EXPORTS_PER_USER.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(
                    MAX_RESCHEDULING,
                    RESCHEDULE_DELAYS,
                    GLOBAL_JOBS_INFO,
                    EXPORTS_PER_USER,
                    STALLED_TIME,
                    FAILED_TIME,
                    RESCHEDULED_TIME,
                    TOLERANT_SITES,
                    TOLERANCE_TIME,
                    RESCHEDULE_SITES,
                    STALLED_JOB_AGENT_POLLING,
                    MATCHED_LEASE_AGENT_POLLING,
                    COUNTER_AGENT_POLLING,
                    PARTITION_AGENT_POLLING,
                    JOB_LOG_RETENTION,
                    HEARTBEAT_RETENTION,
                    JOB_HISTORY_RETENTION);
        }
    }
}
