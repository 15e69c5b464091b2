/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import org.jspecify.annotations.Nullable;

/** The server answered with success, but not with what this client understands: another version, or another server. */
public final class UnreadableAnswer extends ClientFailure {

    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String call, String reason, @Nullable Throwable cause) {
        super("The answer to " + call + " cannot be understood: " + reason, cause);
    }
}
