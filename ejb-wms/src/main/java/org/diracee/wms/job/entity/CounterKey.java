/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** What jobs are counted by; jobs with equal keys share a counter. */
public record CounterKey(
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        String jobGroup,
        String site,
        String jobType,
        JobStatus status,
        String minorStatus) {

    /** The counter of the same jobs at another site. */
    public CounterKey at(String otherSite) {
        return new CounterKey(vo, owner, ownerGroup, jobGroup, otherSite, jobType, status, minorStatus);
    }
}
