/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

/** Why a file was not moved, in the words of the server or of the storage element. */
public final class DataRefused extends ClientFailure {

    private static final long serialVersionUID = 1L;

    DataRefused(String message) {
        super(message, null);
    }
}
