/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.util.Arrays;

/**
 * What a proxy certificate says it may be used for.
 *
 * @see "RFC 3820, section 3.8; Framework reference 2.4"
 */
public enum ProxyPolicy {
    /** Everything that its issuer may do. */
    FULL("1.3.6.1.5.5.7.21.1"),
    /** Access to data alone: no jobs, no further rights. */
    LIMITED("1.3.6.1.4.1.3536.1.1.1.9"),
    /** Nothing of what its issuer may do. */
    INDEPENDENT("1.3.6.1.5.5.7.21.2"),
    /** Some policy that is not ours to understand. */
    OTHER("");

    private final String oid;

    ProxyPolicy(String oid) {
        this.oid = oid;
    }

    String oid() {
        return oid;
    }

    static ProxyPolicy of(String oid) {
        return Arrays.stream(values())
                .filter(policy -> policy.oid.equals(oid))
                .findFirst()
                .orElse(OTHER);
    }
}
