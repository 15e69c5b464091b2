/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import org.jspecify.annotations.Nullable;

/** Why a call gave no result; each kind is a class of its own. */
public abstract sealed class ClientFailure extends RuntimeException
        permits ApiError, CallInterrupted, DataRefused, ServerUnreachable, UnreadableAnswer {

    private static final long serialVersionUID = 1L;

    ClientFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
