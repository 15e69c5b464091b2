/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.util.Optional;
import org.diracee.kernel.value.JobStatus;

/** A state of a job as its wrapper saw it begin. */
public record StatusChange(JobStatus status, String minorStatus, Optional<String> applicationStatus) {}
