/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.time.Instant;

/**
 * Leave to move the bytes of one sandbox one way until a moment; whoever has it needs no other credential.
 *
 * @param size the exact size in bytes
 * @param expires end of validity, whole seconds
 * @param keyId number of the key that signed
 * @param holder to whom it was given; it counts while that one is not suspended
 * @param signature HMAC-SHA-256 over all of the above, base64url
 */
public record SignedTransfer(
        TransferDirection direction,
        SandboxPfn pfn,
        long size,
        Instant expires,
        long keyId,
        String holder,
        String signature)
        implements Transfer {

    /** Leaves the signature out. */
    @Override
    public String toString() {
        return direction + " " + pfn + " until " + expires;
    }
}
