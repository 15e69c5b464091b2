/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

/** The server refused the call as it is; a repeat would be refused too. */
public final class ServerRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int UNAUTHENTICATED = 401;

    private final int status;

    /** @param detail the server's own sentence */
    public ServerRefusal(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** Whether the token was not accepted, most likely because it has expired. */
    public boolean isUnauthenticated() {
        return status == UNAUTHENTICATED;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? "status " + status : message;
    }
}
