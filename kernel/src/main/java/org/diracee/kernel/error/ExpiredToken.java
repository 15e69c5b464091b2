/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.time.Instant;

/** A token that we signed ourselves and whose time is over; its holder may know since when. */
public class ExpiredToken extends InvalidToken {

    private static final long serialVersionUID = 1L;

    public ExpiredToken(Instant since) {
        super("expired at " + since);
    }
}
