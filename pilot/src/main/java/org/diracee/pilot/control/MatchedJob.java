/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Duration;
import org.diracee.kernel.value.JobId;

/**
 * A job that the server handed to this pilot.
 *
 * @param token of this job and attempt alone
 */
public record MatchedJob(
        JobId id,
        int attempt,
        String jdl,
        String owner,
        String ownerGroup,
        String vo,
        String token,
        Duration tokenLife) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "job " + id + ", attempt " + attempt + ", of " + owner + " (" + ownerGroup + ")";
    }
}
