/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

/**
 * The minor statuses and log sources that the server itself writes; clients match on these texts.
 *
 * @see "WMS reference 2.2"
 */
public final class JobTexts {

    public static final String PILOT_AGENT_SUBMISSION = "Pilot Agent Submission";
    public static final String ASSIGNED = "Assigned";
    public static final String CHECKING_ACCOUNTING = "Checking accounting";
    public static final String JOB_RESCHEDULED = "Job Rescheduled";
    public static final String MARKED_FOR_TERMINATION = "Marked for termination";
    public static final String MAXIMUM_OF_RESCHEDULINGS = "Maximum of reschedulings reached";
    public static final String PILOT_NOT_RUNNING = "Job stalled: pilot not running";
    public static final String JOB_SANITY = "JobSanity";
    public static final String INPUT_DATA = "InputData";
    public static final String REQUEST_TO_BE_SENT = "Request To Be Sent";
    public static final String REQUEST_SENT = "Request Sent";
    public static final String STAGING_FAILED = "Staging input files failed";
    public static final String PENDING_REQUESTS = "Pending Requests";
    public static final String FINISHED_WITH_ERRORS = "Application Finished With Errors";
    public static final String REQUESTS_DONE = "Requests done";
    public static final String UNKNOWN = "Unknown";

    public static final String HEARTBEAT = "Heartbeat";
    public static final String JOB_CLEANING_AGENT = "JobCleaningAgent";
    public static final String JOB_MANAGER = "JobManager";
    public static final String JOB_SCHEDULING = "JobScheduling";
    public static final String JOB_PATH = "JobPath";
    public static final String MATCHER = "Matcher";
    public static final String STAGER = "StagerSystem";
    public static final String REQUESTS = "RMS";

    /** The order that makes a wrapper kill its payload. */
    public static final String KILL = "Kill";

    private JobTexts() {}

    /** The application status of a job that an optimizer holds. */
    public static String onHold(String reason) {
        return "On Hold: " + reason;
    }

    /** The minor status of a job that an optimizer refused; its application status says why. */
    public static String failedAt(String optimizer) {
        return optimizer + " optimizer";
    }

    /** Why a job without a sign of life has failed. */
    public static String stallingFor(long seconds) {
        return "Stalling for more than " + seconds + " sec";
    }
}
