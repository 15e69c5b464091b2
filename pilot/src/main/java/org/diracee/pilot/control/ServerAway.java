/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import org.jspecify.annotations.Nullable;

/** The server gave no usable answer for now; the same call may succeed later. */
public final class ServerAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerAway(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
