/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.boundary;

/** A sealed text in the database was changed, or moved from another place. */
public class SealBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SealBroken(String place) {
        super("The secret at " + place + " in the database was changed or is another's: restore it from the backup");
    }
}
