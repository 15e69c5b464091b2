/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

/** The thread was interrupted while it waited for the server; its interrupt flag is set again. */
public final class CallInterrupted extends ClientFailure {

    private static final long serialVersionUID = 1L;

    CallInterrupted(String call) {
        super("Interrupted while waiting for the answer to " + call, null);
    }
}
