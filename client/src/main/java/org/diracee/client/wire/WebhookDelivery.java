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
 * A message to a webhook.
 *
 * @param id the {@code webhook-id} of the message
 * @param status Pending, Delivered or Failed
 * @param answer the HTTP status of the last try; absent: there was no answer
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WebhookDelivery(
        UUID id,
        String status,
        int attempts,
        @JsonProperty("next_attempt") Optional<Instant> nextAttempt,
        Optional<Integer> answer,
        Optional<String> reason,
        String body,
        Instant created,
        Optional<Instant> finished) {}
