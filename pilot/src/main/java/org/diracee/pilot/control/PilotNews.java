/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.util.Optional;
import org.diracee.kernel.value.JobId;

/** What a pilot says of itself; what is absent stays as it was. */
public record PilotNews(
        Optional<String> status,
        Optional<String> reason,
        Optional<String> site,
        Optional<String> ce,
        Optional<String> queue,
        Optional<JobId> job) {

    private static final int MAX_REASON = 255;

    /** It has begun, with the facts of its host as the reason. */
    public static PilotNews running(String hostFacts, String site, String ce, String queue) {
        return new PilotNews(
                Optional.of("Running"),
                Optional.of(shortened(hostFacts)),
                Optional.of(site),
                Optional.of(ce),
                Optional.of(queue),
                Optional.empty());
    }

    /** It has taken a job. */
    public static PilotNews took(JobId job) {
        return new PilotNews(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(job));
    }

    /** It has ended, as Done or as Failed. */
    public static PilotNews ended(boolean orderly, String reason) {
        return new PilotNews(
                Optional.of(orderly ? "Done" : "Failed"),
                Optional.of(shortened(reason)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
