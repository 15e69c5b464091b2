/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that is being sent.
 *
 * @param attempt which try this is, from 1
 */
public record Outgoing(UUID id, UUID webhook, int attempt, URI url, String secret, String body, Instant at) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "message " + id + " to webhook " + webhook;
    }
}
