/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an operation could not do its work to one job. */
public record OperationProblem(@JsonProperty("JobID") long jobId, String code, String detail) {}
