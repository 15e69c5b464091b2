/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.entity;

import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A job that waits, locked by the one who hands it out.
 *
 * @param attempt the attempt before
 */
public record WaitingJob(
        JobId id,
        long queue,
        long submission,
        int sweepIndex,
        Optional<String> sweepValues,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        String site,
        String minorStatus,
        int attempt) {

    /** The attempt that its hand-out begins. */
    public int nextAttempt() {
        return attempt + 1;
    }
}
