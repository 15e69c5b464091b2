/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.JobId;

/** Why an operation could not do its work to one job. */
public record ItemProblem(JobId job, Problem problem) {}
