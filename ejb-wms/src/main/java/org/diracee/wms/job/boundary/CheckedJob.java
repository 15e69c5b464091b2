/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.control.JobTexts;

/**
 * A job in Checking, or about to be staged, as the optimizers need it.
 *
 * @param status Checking or Staging
 * @param next the optimizer that looks at it next, which is its minor status; or what is to be done about it in Staging
 * @param description as it is stored for all jobs of its submission
 * @param rescheduleCounter with {@code lastLogged}, tells whether it is still the job that was handed out
 * @param stageRequest number of the request for the stager; 0 in Checking
 */
public record CheckedJob(
        JobId id,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        JobStatus status,
        String next,
        String description,
        int sweepIndex,
        Optional<String> sweepValues,
        int rescheduleCounter,
        Instant lastLogged,
        long stageRequest) {

    /** Whether it is in Staging, and the stager is yet to be asked; JobScheduling looks at it once more. */
    @OpenAccess("a fact of the record")
    public boolean isToBeStaged() {
        return status == JobStatus.STAGING;
    }

    /** The optimizer that looks whether the description is valid. */
    public static final String JOB_SANITY = JobTexts.JOB_SANITY;

    /** The optimizer that looks for the input data. */
    public static final String INPUT_DATA = JobTexts.INPUT_DATA;

    /** The optimizer that chooses sites. */
    public static final String JOB_SCHEDULING = JobTexts.JOB_SCHEDULING;
}
