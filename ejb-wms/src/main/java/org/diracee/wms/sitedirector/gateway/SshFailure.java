/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import org.jspecify.annotations.Nullable;

/** A command that was not carried out over SSH, or whose outcome did not come. */
final class SshFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean begun;

    private SshFailure(String message, boolean begun, @Nullable Throwable cause) {
        super(message, cause);
        this.begun = begun;
    }

    /** The command was certainly not begun. */
    static SshFailure before(String message, @Nullable Throwable cause) {
        return new SshFailure(message, false, cause);
    }

    /** The command may have done what it was to do, or a part of it. */
    static SshFailure within(String message, @Nullable Throwable cause) {
        return new SshFailure(message, true, cause);
    }

    boolean isBegun() {
        return begun;
    }
}
