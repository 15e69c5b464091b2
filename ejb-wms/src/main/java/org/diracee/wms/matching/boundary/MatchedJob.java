/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import java.time.Duration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A job in the hands of a pilot.
 *
 * @param attempt counts hand-outs from 1; every write of the wrapper carries it in its token
 * @param jdl the description of this one job
 * @param token lets the wrapper of this attempt act on this job, and on nothing else
 * @param expiresIn life of the token
 */
public record MatchedJob(
        JobId id,
        int attempt,
        String jdl,
        UserName owner,
        GroupName ownerGroup,
        VoName vo,
        String token,
        Duration expiresIn) {

    /** Without the token, which belongs in no log. */
    @Override
    public String toString() {
        return "MatchedJob[id=" + id + ", attempt=" + attempt + "]";
    }
}
