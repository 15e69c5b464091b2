/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import org.diracee.client.wire.BulkAnswer;

/** Why a file was not moved, in the words of the server or of the storage element. */
public final class DataRefused extends ClientFailure {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int errno;

    DataRefused(String message) {
        super(message, null);
        this.code = "";
        this.errno = 0;
    }

    DataRefused(BulkAnswer.FailedItem failure) {
        super(failure.detail(), null);
        this.code = failure.code();
        this.errno = failure.errno();
    }

    /** The stable name of the server's error; empty if it was not the server that refused. */
    public String code() {
        return code;
    }

    /** DIRAC's error number, 0 for a generic error. */
    public int errno() {
        return errno;
    }
}
