/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A webhook.
 *
 * @param reason why it is not enabled
 * @param failures tries that failed since the last that succeeded
 * @param secret by which its receiver checks signatures; only in the answer to its creation
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Webhook(
        UUID id,
        String vo,
        String owner,
        @JsonProperty("whole_vo") boolean wholeVo,
        @JsonProperty("job_group") Optional<String> jobGroup,
        String url,
        boolean enabled,
        Optional<String> reason,
        int failures,
        Instant created,
        Optional<String> secret) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "webhook " + id;
    }
}
