/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.StaleAttempt;
import org.diracee.pilot.log.PilotLog;

/** Gives a job back to the server, so that another pilot runs it. */
final class Rescheduling {

    private static final String SCOPE = "JobWrapper";

    private final Server server;
    private final JobToken token;
    private final JobReport report;
    private final WrapperSettings settings;
    private final PilotLog log;

    Rescheduling(Server server, JobToken token, JobReport report, WrapperSettings settings, PilotLog log) {
        this.server = server;
        this.token = token;
        this.report = report;
        this.settings = settings;
        this.log = log;
    }

    /** Asks until the server has answered, for as long as last reports are tried. */
    JobOutcome ask(String reason) {
        long end = System.nanoTime() + settings.reportTimeout().toNanos();
        boolean told = report.flush(settings.reportTimeout());
        for (int failed = 1; told && System.nanoTime() < end; failed++) {
            try {
                server.reschedule(token.value(), token.job());
                log.info(SCOPE, "job " + token.job() + " is rescheduled: " + reason);
                return new JobOutcome.Rescheduled(reason);
            } catch (StaleAttempt alreadyDone) {
                return new JobOutcome.Rescheduled(reason);
            } catch (ServerAway away) {
                settings.backoff().await(failed);
            } catch (ServerRefusal refusal) {
                return refused(refusal, reason);
            }
        }
        return new JobOutcome.Failed("it could not be rescheduled: " + reason);
    }

    private JobOutcome refused(ServerRefusal refusal, String reason) {
        log.warn(SCOPE, "job " + token.job() + " is not rescheduled: " + refusal.detail());
        // at its limit the server has made it Failed by itself, with a better reason than ours
        if (!isFinal()) {
            report.status(JobStatus.FAILED, MinorStatus.RESCHEDULING, reason + ", but: " + refusal.detail());
        }
        return new JobOutcome.Failed("it was not rescheduled: " + refusal.detail());
    }

    private boolean isFinal() {
        try {
            return server.jobStatus(token.value(), token.job()).isFinal();
        } catch (ServerAway | ServerRefusal | StaleAttempt unknown) {
            return false;
        }
    }
}
