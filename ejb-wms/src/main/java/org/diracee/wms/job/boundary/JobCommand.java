/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Optional;
import org.diracee.kernel.value.JobId;

/** An order for a running job, handed out once with a heartbeat; {@code Kill} is the one that wrappers know. */
public record JobCommand(JobId job, String command, Optional<String> arguments) {}
