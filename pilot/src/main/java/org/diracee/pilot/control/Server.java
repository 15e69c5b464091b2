/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;

/**
 * What a pilot and its job wrapper ask of the server. No call is repeated in here: whoever calls knows how long it makes sense.
 *
 * <p>Every call throws {@link ServerAway} if a later repeat may succeed, {@link StaleAttempt} if the job has moved on to another
 * attempt, and {@link ServerRefusal} for any other refusal. Calls with a job token act on that job alone.
 */
public interface Server {

    /** Changes the one-time secret into tokens. */
    PilotTokens exchangeSecret(String secret);

    PilotTokens refresh(String refreshToken);

    /** How far the server's clock is ahead of ours as of the last answer; zero if they agree within two seconds. */
    Duration clockAhead();

    /** @param first the number of the first line in the pilot's log; a line that the server has is not kept again */
    void log(String pilotToken, long first, List<LogLine> lines);

    /** Changes what the server holds about this pilot. */
    void pilotNews(String pilotToken, PilotNews news);

    List<MatchedJob> match(String pilotToken, SlotOffer offer);

    /** Reports states with the times at which they began. */
    void status(String token, JobId job, SortedMap<Instant, StatusChange> changes);

    HeartbeatAnswer heartbeat(String token, JobId job, Measurements measurements);

    void parameters(String jobToken, JobId job, Map<String, Object> values);

    void reschedule(String jobToken, JobId job);

    JobStatus jobStatus(String jobToken, JobId job);

    /**
     * Fetches a sandbox.
     *
     * @param maxBytes a longer archive is refused
     */
    void downloadSandbox(String jobToken, String pfn, Path target, long maxBytes);

    /** Stores a packed sandbox and returns its PFN; sends no bytes if the server holds them already. */
    String uploadSandbox(String jobToken, Path archive, String sha256, long size, String format);

    void assignOutputSandbox(String jobToken, JobId job, String pfn);

    /** The tokens of a pilot's session. */
    record PilotTokens(String access, Duration life, Optional<String> refresh) {
        @Override
        public String toString() {
            return "PilotTokens[life=" + life + "]";
        }
    }
}
