/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.function.Supplier;
import org.diracee.kernel.value.JobId;
import org.diracee.pilot.control.MatchedJob;

/**
 * The right to act on one job, renewed while it runs; never shown. If it expires because the server was away for longer than it
 * lives, the pilot's own token stands in: it may still report states and heartbeats of the job.
 */
final class JobToken {

    private final JobId job;
    private final Supplier<String> pilotToken;
    private volatile String token;
    private volatile boolean expired;

    JobToken(MatchedJob matched, Supplier<String> pilotToken) {
        this.job = matched.id();
        this.token = matched.token();
        this.pilotToken = pilotToken;
    }

    JobId job() {
        return job;
    }

    String value() {
        return expired ? pilotToken.get() : token;
    }

    void renew(String fresh) {
        token = fresh;
        expired = false;
    }

    /** Tells that the server did not accept this token. */
    void refused(String value) {
        if (value.equals(token)) {
            expired = true;
        }
    }
}
