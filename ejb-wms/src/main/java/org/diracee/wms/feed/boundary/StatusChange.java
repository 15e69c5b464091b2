/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.time.Instant;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * That a job came into a status, or told something new about the one it is in.
 *
 * @param cursor the place in the feed behind it
 * @param source who said so
 */
public record StatusChange(
        String cursor,
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
