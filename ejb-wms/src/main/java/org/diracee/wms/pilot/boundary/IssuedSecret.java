/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.time.Duration;

/** A secret that pilots may swap for their tokens; nobody sees it a second time. */
public record IssuedSecret(String secret, Duration expiresIn) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "secret of pilots, good for " + expiresIn;
    }
}
