/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * Brings the proxy that was signed for the server's key.
 *
 * @param chain certificates in PEM: the proxy first, the person's own and what comes between after it. No private key
 */
public record CompleteProxyUpload(
        @NotNull @Size(max = 262_144) String chain) {}
