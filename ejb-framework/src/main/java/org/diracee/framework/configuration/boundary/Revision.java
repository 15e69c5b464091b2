/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.time.Instant;

/**
 * One revision of the configuration: who made it, when, from where and why.
 *
 * @param number ascending from 1; 0 for the empty configuration of a new installation
 * @param hash changes with every revision; 64 hexadecimal digits
 * @param author user name, or {@code system}
 * @param subject the author's whole identity
 * @param origin address that the request came from
 */
public record Revision(
        long number, String hash, String author, String subject, String origin, String message, Instant created) {

    /** What is in force as long as nobody has written a configuration. */
    static final Revision NONE = new Revision(0, "0".repeat(64), "system", "system", "", "Empty", Instant.EPOCH);
}
