/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.time.Duration;
import java.time.Instant;
import org.diracee.kernel.proxy.VomsCertificate;

/** What a VOMS server said some time ago. */
public record KnownAttributes(VomsCertificate certificate, Instant obtained) {

    /**
     * Whether nobody has to be asked anew for a proxy of this lifetime. For more than the server ever gives half of that is
     * enough: a new answer would not last the lifetime either.
     */
    public boolean suffice(Duration lifetime, Instant now) {
        Duration given = Duration.between(obtained, certificate.expires());
        Duration left = Duration.between(now, certificate.expires());
        return left.compareTo(lifetime.compareTo(given) <= 0 ? lifetime : given.dividedBy(2)) >= 0;
    }
}
