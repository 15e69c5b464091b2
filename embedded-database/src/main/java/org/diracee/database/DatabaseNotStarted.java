/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

/** The embedded PostgreSQL could not be started; the message says why and what can be done. */
public class DatabaseNotStarted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseNotStarted(String message) {
        super(message);
    }

    DatabaseNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
