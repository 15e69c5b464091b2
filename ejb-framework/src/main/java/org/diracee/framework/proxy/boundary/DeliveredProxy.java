/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;

/**
 * A proxy that was made for the key of who ordered it.
 *
 * @param chain in PEM, the new proxy first
 * @param fqans its VOMS attributes, the primary one first
 * @param attributesExpire when those end; may be before the proxy does
 */
public record DeliveredProxy(
        String chain,
        String dn,
        GroupName group,
        boolean limited,
        List<String> fqans,
        Instant expires,
        Optional<Instant> attributesExpire) {

    public DeliveredProxy {
        fqans = List.copyOf(fqans);
    }
}
