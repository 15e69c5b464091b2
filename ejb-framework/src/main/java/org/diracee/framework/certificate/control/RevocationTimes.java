/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a revocation list was made, and when the next one is due. */
public record RevocationTimes(Instant made, Optional<Instant> nextDue) {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    public static RevocationTimes of(X509CRL list) {
        return new RevocationTimes(
                list.getThisUpdate().toInstant(),
                Optional.ofNullable(list.getNextUpdate()).map(next -> next.toInstant()));
    }

    /** Whether a newer one should have taken its place. */
    public boolean isOver(Instant now) {
        return nextDue.filter(next -> !now.isBefore(next)).isPresent();
    }

    public boolean isToCome(Instant now) {
        return now.plus(TOLERANCE).isBefore(made);
    }
}
