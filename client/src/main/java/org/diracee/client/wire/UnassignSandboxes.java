/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Takes the sandboxes from jobs. */
public record UnassignSandboxes(
        @JsonProperty("job_ids") @NotNull @Size(max = 10_000)
        List<@NotNull Long> jobIds) {}
