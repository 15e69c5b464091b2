/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

/** Whether a credential is good cannot be told now; why is known and logged where it was found. The client may try again. */
public class CredentialUndecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Tells why.
     *
     * @param cause for those who debug; it is not logged again
     */
    public CredentialUndecided(Throwable cause) {
        super(null, cause, false, false); // thrown for every request while something is down: no stack trace
    }
}
