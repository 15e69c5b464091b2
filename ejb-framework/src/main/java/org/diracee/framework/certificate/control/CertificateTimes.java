/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** When a certificate is good; Java's certificates speak of time in a type that is banned elsewhere. */
public record CertificateTimes(Instant from, Instant until) {

    /** Clocks of those who make proxies a moment before they use them differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    public static CertificateTimes of(X509Certificate certificate) {
        return new CertificateTimes(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Of what else is signed for a time. */
    public static CertificateTimes between(Date from, Date until) {
        return new CertificateTimes(from.toInstant(), until.toInstant());
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    public boolean isToCome(Instant now) {
        return now.plus(TOLERANCE).isBefore(from);
    }
}
