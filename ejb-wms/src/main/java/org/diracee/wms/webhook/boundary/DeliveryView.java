/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message to a webhook.
 *
 * @param status Pending, Delivered or Failed
 * @param nextAttempt when it is tried again, if it is pending
 * @param answer the HTTP status of the last try; empty: there was no answer
 * @param reason why the last try failed
 */
public record DeliveryView(
        UUID id,
        String status,
        int attempts,
        Optional<Instant> nextAttempt,
        Optional<Integer> answer,
        Optional<String> reason,
        String body,
        Instant created,
        Optional<Instant> finished) {}
