/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;

/**
 * What a certificate or proxy that may be trusted says of its holder.
 *
 * @param dn the subject of the first certificate that is no proxy: the identity, whoever holds the proxy
 * @param proxy whether it is a proxy of that certificate
 * @param limited whether it is a limited proxy, or a proxy of one
 * @param expires when the first certificate of the chain ends
 * @param group the DIRAC group that a proxy is meant for
 * @param fqans the VOMS attributes that a VOMS server we trust has signed and that are not over, the primary one first
 */
public record VerifiedChain(
        Dn dn, boolean proxy, boolean limited, Instant expires, Optional<GroupName> group, List<String> fqans) {

    public VerifiedChain {
        fqans = List.copyOf(fqans);
    }
}
