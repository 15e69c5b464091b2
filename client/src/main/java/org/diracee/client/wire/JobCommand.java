/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** An order for a running job, handed out once with a heartbeat; {@code Kill} is the one that wrappers know. */
public record JobCommand(@JsonProperty("job_id") long jobId, String command, Optional<String> arguments) {}
