/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

/** A credential is not acceptable; the request is answered with 401. */
public class CredentialRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** Refuses a bearer token with the detail that DiracX clients know, whatever is wrong with it. */
    public CredentialRefused() {
        this("Invalid JWT");
    }

    /**
     * Refuses a credential.
     *
     * @param detail the problem's detail; the client sees it, so it must not help a guesser
     */
    public CredentialRefused(String detail) {
        super(detail, null, false, false); // thrown for every bad request of anybody: no stack trace
    }

    /** Returns the problem's detail. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
