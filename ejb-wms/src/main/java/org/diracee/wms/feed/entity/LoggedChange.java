/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import java.time.Instant;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A row of the job log, with what of its job decides who may see it and who wants to.
 *
 * @param cursor the place behind it
 */
public record LoggedChange(
        FeedCursor cursor,
        JobId job,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        String jobGroup,
        JobStatus status,
        String minorStatus,
        String applicationStatus,
        Instant statusTime,
        String source) {}
