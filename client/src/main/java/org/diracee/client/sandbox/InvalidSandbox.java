/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import java.io.IOException;

/** An archive that is not unpacked, or a file that is not packed, because of what it is. */
public class InvalidSandbox extends IOException {

    private static final long serialVersionUID = 1L;

    public InvalidSandbox(String message) {
        super(message);
    }

    InvalidSandbox(String message, Throwable cause) {
        super(message, cause);
    }
}
