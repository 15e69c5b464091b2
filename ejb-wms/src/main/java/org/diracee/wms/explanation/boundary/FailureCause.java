/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who or what has to be looked at when a job has failed. */
public enum FailureCause {
    /** The program that the job ran. */
    APPLICATION,
    /** Files that the job reads or writes. */
    DATA,
    /** The site or its worker node. */
    SITE,
    /** The pilot: it was lost with the job. */
    PILOT,
    /** A limit on time, memory or attempts. */
    LIMITS,
    /** DIRAC itself: wrapper, sandboxes, services. */
    MIDDLEWARE,
    /** The owner or an administrator: a wrong description, or a kill. */
    USER,
    /** No rule knows. */
    UNKNOWN;

    /** The word that clients use. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FailureCause> named(String text) {
        return Arrays.stream(values())
                .filter(cause -> cause.text().equals(text))
                .findFirst();
    }
}
