/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.FailureCause;
import org.diracee.wms.explanation.boundary.FailureExplanation;
import org.diracee.wms.matching.control.FailingPilots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureRulesTest {

    /** @see "WMS reference 2.2, all minor statuses" */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Application                                      | APPLICATION
            Application not found                            | USER
            Application thread failed                        | APPLICATION
            Application thread did not complete              | APPLICATION
            Application Finished Successfully                | APPLICATION
            Application Finished With Errors                 | APPLICATION
            Downloading InputSandbox                         | MIDDLEWARE
            Downloading InputSandbox LFN(s)                  | DATA
            Failed Downloading InputSandbox                  | MIDDLEWARE
            Failed Downloading InputSandbox LFN(s)           | DATA
            Failed sending requests                          | MIDDLEWARE
            Execution Complete                               | APPLICATION
            Exception During Execution                       | MIDDLEWARE
            Going to reschedule job                          | MIDDLEWARE
            Job Rescheduled                                  | MIDDLEWARE
            Input Data Resolution                            | DATA
            Pilot Agent Submission                           | MIDDLEWARE
            Pending Requests                                 | MIDDLEWARE
            Requests done                                    | MIDDLEWARE
            Job has reached the CPU limit of the queue       | LIMITS
            Job has exceeded maximum wall clock time         | LIMITS
            Job has exceeded its memory limit                | LIMITS
            Job Initialization                               | MIDDLEWARE
            Job has insufficient disk space to continue      | SITE
            Job Wrapper Initialization                       | MIDDLEWARE
            JobWrapper execution                             | MIDDLEWARE
            Marked for termination                           | USER
            Received Kill signal                             | SITE
            Resolving Output Sandbox                         | MIDDLEWARE
            Job stalled: pilot not running                   | PILOT
            Uploading Output Sandbox                         | MIDDLEWARE
            Output Sandbox Uploaded                          | MIDDLEWARE
            Uploading Output Data                            | DATA
            Uploading Outputs                                | DATA
            Output Data Uploaded                             | MIDDLEWARE
            Watchdog identified this job as stalled          | APPLICATION
            Illegal Job JDL                                  | USER
            Input Data Not Available                         | DATA
            No candidate sites available                     | DATA
            Job accepted                                     | MIDDLEWARE
            Bulk transaction confirmation                    | MIDDLEWARE
            Assigned                                         | PILOT
            Job Received by Agent                            | PILOT
            Installing Software                              | SITE
            Submitting To CE                                 | MIDDLEWARE
            Payload failed                                   | APPLICATION
            Maximum of reschedulings reached                 | LIMITS
            Error in JDL syntax                              | USER
            Checking accounting                              | USER
            Request To Be Sent                               | DATA
            Request Sent                                     | DATA
            Staging input files failed                       | DATA
            Stalling for more than 7200 sec                  | PILOT
            InputData                                        | DATA
            JobSanity                                        | USER
            JobPath                                          | MIDDLEWARE
            JobScheduling                                    | USER
            InputData optimizer                              | DATA
            JobSanity optimizer                              | USER
            JobPath optimizer                                | MIDDLEWARE
            JobScheduling optimizer                          | USER
            what nobody has heard of                         | UNKNOWN
            """)
    void knowsTheCauseOfEveryMinorStatus(String minorStatus, FailureCause cause) {
        FailureExplanation failure = FailureRules.classify(failed(minorStatus));

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.evidence()).startsWith("minor status: " + minorStatus);
        assertThat(failure.source()).isNotBlank();
    }

    @Test
    void whatCountsAgainstAPilotIsTheSitesOrOurOwnFault() {
        assertThat(FailingPilots.HOST_FAILURES)
                .extracting(minor -> FailureRules.classify(failed(minor)).cause())
                .containsOnly(FailureCause.SITE, FailureCause.MIDDLEWARE);
    }

    @ParameterizedTest
    @CsvSource({"1, APPLICATION", "126, USER", "127, USER", "137, LIMITS", "143, SITE", "152, LIMITS"})
    void theExitCodeTellsMore(String code, FailureCause cause) {
        FailureExplanation failure = FailureRules.classify(new FailedJob(
                JobStatus.FAILED,
                "Application Finished With Errors",
                "failed",
                Optional.of(code),
                Optional.of("Done"),
                List.of()));

        assertThat(failure.cause()).isEqualTo(cause);
        assertThat(failure.evidence())
                .contains("application status: failed", "exit code: " + code, "status of its pilot: Done");
    }

    @Test
    void dataThatNoAllowedSiteHasIsNoMistakeOfTheDescription() {
        FailedJob job = new FailedJob(
                JobStatus.FAILED,
                "JobScheduling optimizer",
                "Impossible InputData * Site requirements",
                Optional.empty(),
                Optional.empty(),
                List.of());

        assertThat(FailureRules.classify(job).cause()).isEqualTo(FailureCause.DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received Kill signal", "Pilot Agent Submission"})
    void aKilledJobWasKilledByAUser(String minor) {
        FailedJob job =
                new FailedJob(JobStatus.KILLED, minor, "Unknown", Optional.empty(), Optional.empty(), List.of());

        assertThat(FailureRules.classify(job).cause()).isEqualTo(FailureCause.USER);
    }

    @Test
    void aJobThatWasRescheduledTooOftenFailedForWhatItWasRescheduledForLast() {
        FailedJob job = new FailedJob(
                JobStatus.FAILED,
                FailureRules.RESCHEDULED_TOO_OFTEN,
                "Unknown",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        FailureRules.RESCHEDULED_TOO_OFTEN,
                        "Assigned",
                        "Pilot Agent Submission",
                        "Job Rescheduled",
                        "Input Data Resolution",
                        "Job Initialization"));

        FailureExplanation failure = FailureRules.classify(job);
        assertThat(failure.cause()).isEqualTo(FailureCause.DATA);
        assertThat(failure.evidence()).contains("minor status before it was rescheduled: Input Data Resolution");
    }

    private static FailedJob failed(String minorStatus) {
        return new FailedJob(JobStatus.FAILED, minorStatus, "Unknown", Optional.empty(), Optional.empty(), List.of());
    }
}
