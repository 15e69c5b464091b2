/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * A suspension in force.
 *
 * @param kind {@code user}, {@code subject}, {@code dn}, {@code vo}, {@code site} or {@code pilot}
 * @param vo empty for a DN and a site
 * @param author name of who suspended
 * @param actor who suspended, as {@code user:<vo>:<subject>}
 * @param everywhere whether an administrator of the installation did it, so that none of a VO can lift it
 * @param warning in the answer to who suspends: that nothing is known here of such a name
 */
public record SuspensionRecord(
        long id,
        String kind,
        String vo,
        String name,
        String reason,
        String author,
        String actor,
        boolean everywhere,
        Instant since,
        Optional<String> warning) {}
