/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A message to a webhook as it is kept. */
public record DeliveryRow(
        UUID id,
        UUID webhook,
        String status,
        int attempts,
        Instant nextAttempt,
        Optional<Integer> answer,
        Optional<String> reason,
        String body,
        Instant created,
        Optional<Instant> finished) {}
