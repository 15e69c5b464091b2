/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.diracee.framework.certificate.control.RevocationTimes;

/** The revocation list of a CA. Whose signature it bears is checked once for each key, because lists may be large. */
final class RevocationList {

    /** Java knows these and yet does not heed them: a list of changes, and one of some certificates. */
    private static final List<String> PARTIAL = List.of("2.5.29.27", "2.5.29.28");

    private final X509CRL list;
    private final RevocationTimes times;
    private final Map<PublicKey, Boolean> signedBy = new ConcurrentHashMap<>();

    RevocationList(X509CRL list) {
        this.list = list;
        this.times = RevocationTimes.of(list);
    }

    X500Principal issuer() {
        return list.getIssuerX500Principal();
    }

    RevocationTimes times() {
        return times;
    }

    boolean isSignedBy(X509Certificate authority) {
        return signedBy.computeIfAbsent(authority.getPublicKey(), key -> {
            try {
                list.verify(key);
                return true;
            } catch (GeneralSecurityException | RuntimeException notTheKey) {
                return false;
            }
        });
    }

    /** Whether it speaks of all certificates of its CA in a way that we understand. */
    boolean isComplete() {
        return !list.hasUnsupportedCriticalExtension()
                && PARTIAL.stream().allMatch(oid -> list.getExtensionValue(oid) == null);
    }

    boolean isToCome(Instant now) {
        return times.isToCome(now);
    }

    boolean isOver(Instant now) {
        return times.isOver(now);
    }

    boolean revokes(X509Certificate certificate) {
        return list.isRevoked(certificate);
    }
}
