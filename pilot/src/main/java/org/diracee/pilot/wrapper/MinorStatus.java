/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

/**
 * The minor statuses that a wrapper reports; clients match on their text.
 *
 * @see "WMS reference 2.2"
 */
enum MinorStatus {
    JOB_INITIALIZATION("Job Initialization"),
    DOWNLOADING_INPUT_SANDBOX("Downloading InputSandbox"),
    DOWNLOADING_INPUT_SANDBOX_LFN("Downloading InputSandbox LFN(s)"),
    FAILED_DOWNLOADING_INPUT_SANDBOX("Failed Downloading InputSandbox"),
    FAILED_DOWNLOADING_INPUT_SANDBOX_LFN("Failed Downloading InputSandbox LFN(s)"),
    ILLEGAL_JDL("Illegal Job JDL"),
    INPUT_DATA_RESOLUTION("Input Data Resolution"),
    APPLICATION("Application"),
    APPLICATION_NOT_FOUND("Application not found"),
    APPLICATION_FINISHED("Application Finished Successfully"),
    APPLICATION_FAILED("Application Finished With Errors"),
    UPLOADING_OUTPUT_SANDBOX("Uploading Output Sandbox"),
    OUTPUT_SANDBOX_UPLOADED("Output Sandbox Uploaded"),
    EXECUTION_COMPLETE("Execution Complete"),
    EXCEPTION("Exception During Execution"),
    RESCHEDULING("Going to reschedule job"),
    KILLED("Received Kill signal"),
    WALL_CLOCK_EXCEEDED("Job has exceeded maximum wall clock time"),
    CPU_EXCEEDED("Job has reached the CPU limit of the queue"),
    STALLED("Watchdog identified this job as stalled"),
    /** Not in DIRAC's vocabulary: its watchdog only warns about memory. */
    MEMORY_EXCEEDED("Job has exceeded its memory limit"),
    /** Not in DIRAC's vocabulary either. */
    TOO_MANY_PROCESSES("Job has too many processes"),
    DISK_SPACE("Job has insufficient disk space to continue");

    private final String text;

    MinorStatus(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
