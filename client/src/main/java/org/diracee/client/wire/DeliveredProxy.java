/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A proxy that was signed for the caller's key.
 *
 * @param chain certificates in PEM, the proxy first
 * @param dn of the user's certificate
 * @param fqans its VOMS attributes, the primary one first
 * @param attributesExpire when those end; may be before the proxy does
 */
public record DeliveredProxy(
        String chain,
        String dn,
        String group,
        boolean limited,
        List<String> fqans,
        Instant expires,
        Optional<Instant> attributesExpire) {

    public DeliveredProxy {
        fqans = fqans == null ? List.of() : List.copyOf(fqans);
    }
}
