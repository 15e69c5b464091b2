/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Sends jobs back to the start. */
public record RescheduleJobs(
        @JsonProperty("job_ids") @NotNull List<@NotNull Long> jobIds) {}
