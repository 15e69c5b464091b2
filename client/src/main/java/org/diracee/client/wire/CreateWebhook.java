/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;

/**
 * Asks for a webhook.
 *
 * @param jobGroup the only group it is to be told of; absent: every group that has a name
 * @param wholeVo whether it is to be told of the groups of everybody; for administrators of jobs; absent: no
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreateWebhook(
        @NotNull URI url,
        @JsonProperty("job_group") Optional<String> jobGroup,
        @JsonProperty("whole_vo") Optional<Boolean> wholeVo) {}
