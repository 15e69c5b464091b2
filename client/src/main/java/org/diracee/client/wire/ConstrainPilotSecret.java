/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** Says what a secret of pilots is good for; what is absent stays as it was. @see "DiracX REST reference 9" */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConstrainPilotSecret(
        @JsonProperty("VOs") Optional<@Size(max = 1000) List<String>> vos,
        @JsonProperty("PilotStamps") Optional<@Size(max = 1000) List<String>> stamps,
        @JsonProperty("Sites") Optional<@Size(max = 1000) List<String>> sites) {}
