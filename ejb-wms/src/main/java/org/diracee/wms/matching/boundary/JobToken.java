/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import java.time.Duration;

/** What lets the wrapper of one attempt act on its job. */
public record JobToken(String token, Duration expiresIn) {

    /** Without the token, which belongs in no log. */
    @Override
    public String toString() {
        return "JobToken[expiresIn=" + expiresIn + "]";
    }
}
