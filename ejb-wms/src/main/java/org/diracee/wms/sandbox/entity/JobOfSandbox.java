/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.entity;

import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** What this feature needs to know of a job: whose it is and to which submission and attempt its sandboxes belong. */
public record JobOfSandbox(JobId id, long submissionId, VoName vo, UserName owner, GroupName ownerGroup, int attempt) {}
