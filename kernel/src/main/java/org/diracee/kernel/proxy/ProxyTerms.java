/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;

/**
 * What a new proxy is to be.
 *
 * @param now the moment from which it is good; a little earlier for those whose clocks are late
 * @param expires when it ends; earlier if its issuers end earlier
 * @param group in which DIRAC is to take its holder to act
 * @param voms what the VO's server says of the person
 */
public record ProxyTerms(
        Instant now, Instant expires, boolean limited, Optional<GroupName> group, Optional<VomsCertificate> voms) {

    public static ProxyTerms full(Instant now, Instant expires) {
        return new ProxyTerms(now, expires, false, Optional.empty(), Optional.empty());
    }

    public ProxyTerms limitedIf(boolean wanted) {
        return new ProxyTerms(now, expires, limited || wanted, group, voms);
    }

    public ProxyTerms in(GroupName wanted) {
        return new ProxyTerms(now, expires, limited, Optional.of(wanted), voms);
    }

    public ProxyTerms with(Optional<VomsCertificate> attributes) {
        return new ProxyTerms(now, expires, limited, group, attributes);
    }
}
