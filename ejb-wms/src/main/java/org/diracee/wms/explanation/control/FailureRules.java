/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import static org.diracee.wms.explanation.boundary.FailureCause.APPLICATION;
import static org.diracee.wms.explanation.boundary.FailureCause.DATA;
import static org.diracee.wms.explanation.boundary.FailureCause.LIMITS;
import static org.diracee.wms.explanation.boundary.FailureCause.MIDDLEWARE;
import static org.diracee.wms.explanation.boundary.FailureCause.PILOT;
import static org.diracee.wms.explanation.boundary.FailureCause.SITE;
import static org.diracee.wms.explanation.boundary.FailureCause.UNKNOWN;
import static org.diracee.wms.explanation.boundary.FailureCause.USER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.explanation.boundary.FailureCause;
import org.diracee.wms.explanation.boundary.FailureExplanation;

/**
 * Concludes from the statuses of a failed job what has caused it: the first rule of a table that holds.
 *
 * @see "WMS reference 2.2, 9, 13"
 */
public final class FailureRules {

    /** After this one the statuses before tell what went wrong each time. */
    public static final String RESCHEDULED_TOO_OFTEN = "Maximum of reschedulings reached";

    private static final String STATUSES = "WMS reference 2.2";
    private static final String OPTIMIZERS = "WMS reference 9";
    private static final String WRAPPER = "WMS reference 13.2";
    private static final String WATCHDOG = "WMS reference 13.3";
    private static final String SHELL = "POSIX shell, exit status";

    /**
     * @param minor the minor status
     * @param application a part of the application status; empty: any
     * @param exitCode empty: any
     */
    private record Rule(
            Pattern minor, Pattern application, Pattern exitCode, FailureCause cause, String meaning, String source) {

        boolean holds(String minorStatus, String applicationStatus, String code) {
            return minor.matcher(minorStatus).matches()
                    && application.matcher(applicationStatus).find()
                    && exitCode.matcher(code).matches();
        }
    }

    private static final Pattern ANYTHING = Pattern.compile(".*", Pattern.DOTALL);

    private static final List<Rule> RULES = List.of(
            // the payload
            coded(
                    "126|127",
                    USER,
                    "the program that the description names could not be started (exit code 126 or 127)"),
            coded(
                    "137|-9",
                    LIMITS,
                    "the program was killed by signal 9, which is how a machine ends what takes too much memory"),
            coded("143|-15", SITE, "the program was ended from outside by signal 15, as batch systems do"),
            coded("152|-24", LIMITS, "the program was killed because it used more CPU time than it may"),
            rule(
                    "Application Finished With Errors|Payload failed",
                    APPLICATION,
                    "the program ended with an error",
                    WRAPPER),
            rule("Application not found", USER, "there is no such program as the description names", WRAPPER),
            rule(
                    "Application|Application thread failed|Application thread did not complete|Application Finished Successfully"
                            + "|Execution Complete",
                    APPLICATION,
                    "the program did not end as it should",
                    WRAPPER),
            // limits and the watchdog
            rule(
                    "Job has reached the CPU limit of the queue",
                    LIMITS,
                    "the job used more CPU time than the queue allows",
                    WATCHDOG),
            rule("Job has exceeded maximum wall clock time", LIMITS, "the job ran longer than it may", WATCHDOG),
            rule("Job has exceeded its memory limit", LIMITS, "the job used more memory than it may", "DIRAC EE pilot"),
            rule(
                    "Job has insufficient disk space to continue",
                    SITE,
                    "the worker node ran out of disk space",
                    WATCHDOG),
            rule(
                    "Watchdog identified this job as stalled",
                    APPLICATION,
                    "the program used next to no CPU time for long",
                    WATCHDOG),
            // data
            rule(
                    "(Failed )?Downloading InputSandbox LFN\\(s\\)|Input Data Resolution|Input Data Not Available|Staging input files failed"
                            + "|Request To Be Sent|Request Sent|InputData( optimizer)?",
                    DATA,
                    "files that the job reads are not available",
                    WRAPPER),
            rule("Uploading Output Data|Uploading Outputs", DATA, "the job's output could not be stored", WRAPPER),
            rule("No candidate sites available", DATA, "no site has all the data that the job reads", STATUSES),
            optimizer("[Ii]nput ?[Dd]ata", DATA, "no allowed site has the data that the job reads"),
            optimizer("", USER, "the description asks for what no site can give"),
            // site and pilot
            rule("Installing Software", SITE, "software could not be installed at the worker node", WRAPPER),
            rule(
                    "Job stalled: pilot not running|Stalling for more than .*",
                    PILOT,
                    "the job's pilot was lost",
                    STATUSES),
            rule(
                    "No results came back from the site|Pilot ended before its job did",
                    PILOT,
                    "the job's pilot ended without telling how the job did",
                    "DIRAC EE, pushed jobs"),
            rule("Job Received by Agent|Assigned", PILOT, "the pilot took the job and never started it", STATUSES),
            // the owner
            rule(
                    "Illegal Job JDL|Error in JDL syntax|JobSanity( optimizer)?",
                    USER,
                    "the description is not valid",
                    STATUSES),
            rule("Marked for termination", USER, "it was killed by a user", STATUSES),
            rule("Checking accounting", USER, "it was deleted by a user", STATUSES),
            // DIRAC
            rule("(Failed )?Downloading InputSandbox", MIDDLEWARE, "the input sandbox could not be fetched", WRAPPER),
            rule(
                    "Resolving Output Sandbox|Uploading Output Sandbox|Output Sandbox Uploaded",
                    MIDDLEWARE,
                    "the output sandbox could not be stored",
                    WRAPPER),
            rule(
                    "Output Data Uploaded|Failed sending requests|Pending Requests|Requests done",
                    MIDDLEWARE,
                    "what was to be done after the job could not be handed over",
                    WRAPPER),
            rule(
                    "Exception During Execution|JobWrapper execution|Job Wrapper Initialization|Job Initialization|Submitting To CE",
                    MIDDLEWARE,
                    "the wrapper that runs the job broke",
                    WRAPPER),
            rule(
                    "Going to reschedule job|Job Rescheduled|Job accepted|Bulk transaction confirmation|Pilot Agent Submission"
                            + "|JobPath( optimizer)?",
                    MIDDLEWARE,
                    "it failed on the way to a pilot",
                    STATUSES));

    private static final Rule KILLED_BY_USER = rule("Received Kill signal", USER, "it was killed by a user", WATCHDOG);
    private static final Rule KILLED_BY_SITE =
            rule("Received Kill signal", SITE, "it was killed at the site, as batch systems do", WATCHDOG);

    /** A status alone was reported: the minor status is that of before. */
    private static final Rule KILLED = rule(".*", USER, "it was killed by a user", STATUSES);

    private FailureRules() {}

    private static Rule rule(String minor, FailureCause cause, String meaning, String source) {
        return new Rule(Pattern.compile(minor), ANYTHING, ANYTHING, cause, meaning, source);
    }

    private static Rule coded(String exitCode, FailureCause cause, String meaning) {
        return new Rule(
                Pattern.compile("Application Finished With Errors|Payload failed"),
                ANYTHING,
                Pattern.compile(exitCode),
                cause,
                meaning,
                SHELL);
    }

    private static Rule optimizer(String application, FailureCause cause, String meaning) {
        return new Rule(
                Pattern.compile("JobScheduling( optimizer)?|Impossible site requirement"),
                Pattern.compile(application),
                ANYTHING,
                cause,
                meaning,
                OPTIMIZERS);
    }

    /** The cause, and what it was concluded from. */
    public static FailureExplanation classify(FailedJob job) {
        String concluding = job.minorStatus();
        List<String> evidence = new ArrayList<>();
        evidence.add("minor status: " + job.minorStatus());
        Optional<Rule> rule = rule(job, concluding);
        if (job.minorStatus().equals(RESCHEDULED_TOO_OFTEN)) {
            for (String earlier : job.earlierMinors()) {
                Optional<Rule> of = rule(job, earlier).filter(one -> !isOnTheWay(earlier));
                if (of.isPresent()) {
                    evidence.add("minor status before it was rescheduled: " + earlier);
                    rule = of;
                    break;
                }
            }
        }
        if (!isUnknown(job.applicationStatus())) {
            evidence.add("application status: " + job.applicationStatus());
        }
        job.exitCode().ifPresent(code -> evidence.add("exit code: " + code));
        job.pilotStatus().ifPresent(status -> evidence.add("status of its pilot: " + status));
        return rule.map(one -> new FailureExplanation(one.cause(), one.meaning(), one.source(), evidence))
                .orElseGet(() -> job.minorStatus().equals(RESCHEDULED_TOO_OFTEN)
                        ? new FailureExplanation(LIMITS, "it was started anew as often as it may", STATUSES, evidence)
                        : new FailureExplanation(UNKNOWN, "no rule knows this minor status", "DIRAC EE", evidence));
    }

    private static Optional<Rule> rule(FailedJob job, String minor) {
        if (KILLED_BY_USER.minor().matcher(minor).matches()) {
            return Optional.of(job.status() == JobStatus.KILLED ? KILLED_BY_USER : KILLED_BY_SITE);
        }
        if (job.status() == JobStatus.KILLED && isOnTheWay(minor)) {
            return Optional.of(KILLED);
        }
        return RULES.stream()
                .filter(one ->
                        one.holds(minor, job.applicationStatus(), job.exitCode().orElse("")))
                .findFirst();
    }

    /** Statuses that every job goes through again after a rescheduling, which say nothing of what went wrong before. */
    private static boolean isOnTheWay(String minor) {
        return minor.equals("Job Rescheduled")
                || minor.equals("Pilot Agent Submission")
                || minor.equals("Assigned")
                || minor.equals("Job accepted")
                || minor.equals("Going to reschedule job");
    }

    private static boolean isUnknown(String text) {
        return text.isBlank() || text.equals("Unknown") || text.equals("idem");
    }
}
