/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.Duration;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about jobs on their way.
 *
 * <ul>
 *   <li>{@code Operations/<vo>/JobScheduling/MaxRescheduling}: how often a job may start anew, 3
 *   <li>{@code Operations/<vo>/JobScheduling/MatchedLease}: seconds a pilot has to start a job handed to it, 300
 *   <li>{@code Operations/<vo>/Services/JobMonitoring/GlobalJobsInfo}: whether everybody of the VO may read about all
 *       its jobs, true
 *   <li>{@code Systems/WorkloadManagement/Services/Matcher/JobTokenLifetime}: seconds, 86400. Long, so that a wrapper
 *       outlives an outage of the server; it is worth nothing once the attempt has lost its job
 *   <li>{@code Systems/WorkloadManagement/Agents/StalledJobAgent/StalledTime}: seconds without a sign of life after which
 *       a job is Stalled, 4500
 *   <li>{@code …/StalledJobAgent/FailedTime}: seconds without a sign of life after which a job has Failed, 11700
 *   <li>{@code …/StalledJobAgent/RescheduledTime}: seconds after which a job left in Rescheduled goes on, 600
 *   <li>{@code Systems/WorkloadManagement/Agents/<agent>/PollingTime}: seconds between two cycles
 * </ul>
 *
 * @see "WMS reference 3.1 and 14"
 */
public final class JobSettings {

    private static final String AGENTS = "Systems/WorkloadManagement/Agents/";
    private static final String STALLED_JOB_AGENT = AGENTS + "StalledJobAgent/";

    private final Configuration configuration;

    public JobSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    public int maxRescheduling(VoName vo) {
        return configuration
                .operation(vo, "JobScheduling/MaxRescheduling")
                .map(Integer::parseInt)
                .orElse(3);
    }

    /** Whether everybody of the VO may read about all its jobs. */
    public boolean globalJobsInfo(VoName vo) {
        return configuration
                .operation(vo, "Services/JobMonitoring/GlobalJobsInfo")
                .map(Boolean::parseBoolean)
                .orElse(true);
    }

    public Duration stalledTime() {
        return duration(STALLED_JOB_AGENT + "StalledTime", Duration.ofSeconds(4_500));
    }

    public Duration failedTime() {
        return duration(STALLED_JOB_AGENT + "FailedTime", Duration.ofSeconds(11_700));
    }

    public Duration rescheduledTime() {
        return duration(STALLED_JOB_AGENT + "RescheduledTime", Duration.ofSeconds(600));
    }

    /** The pause between two cycles of an agent. */
    public Duration pollingTime(String agent, Duration standard) {
        return duration(AGENTS + agent + "/PollingTime", standard);
    }

    private Duration duration(String path, Duration standard) {
        return configuration.option(path).map(JobSettings::seconds).orElse(standard);
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
    }
}
