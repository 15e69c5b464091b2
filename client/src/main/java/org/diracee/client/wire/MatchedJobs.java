/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The jobs that a pilot got; empty if nothing fits. */
public record MatchedJobs(@JsonProperty("Jobs") List<MatchedJob> jobs) {

    /**
     * A job in the hands of a pilot.
     *
     * @param attempt counts hand-outs from 1
     * @param token lets the wrapper of this attempt act on this job, and on nothing else
     * @param expiresIn seconds
     */
    public record MatchedJob(
            @JsonProperty("JobID") long jobId,
            @JsonProperty("Attempt") int attempt,
            @JsonProperty("JDL") String jdl,
            @JsonProperty("Owner") String owner,
            @JsonProperty("OwnerGroup") String ownerGroup,
            @JsonProperty("VO") String vo,
            @JsonProperty("Token") String token,
            @JsonProperty("ExpiresIn") long expiresIn) {

        /** Without the token, which belongs in no log. */
        @Override
        public String toString() {
            return "MatchedJob[jobId=" + jobId + ", attempt=" + attempt + "]";
        }
    }
}
