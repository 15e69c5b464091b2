/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;
import java.util.UUID;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.value.Dn;

/**
 * A stored proxy, opened to sign others.
 *
 * @param dn of the person's certificate, as it was verified when the proxy was stored
 */
public record SigningProxy(UUID id, Dn dn, ProxyCredential credential) {

    /** When it ends, and all that it signs with it. */
    public Instant expires() {
        return credential.chain().expires();
    }
}
