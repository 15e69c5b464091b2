/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The bytes that came are not those that were announced; nothing of them was kept. */
public class TransferBroken extends DiracException {

    private static final long serialVersionUID = 1L;

    private TransferBroken(String detail, @Nullable Throwable cause) {
        super(ErrorCode.INVALID_REQUEST, detail, List.of(), null, cause);
    }

    /** The stream ended early. */
    public static TransferBroken endedEarly(long announced, long came) {
        return new TransferBroken(
                "The transfer ended after " + came + " bytes: " + announced + " were announced", null);
    }

    /** The stream could not be read on. */
    public static TransferBroken unreadable(long came, Throwable cause) {
        return new TransferBroken("The transfer broke off after " + came + " bytes", cause);
    }

    /** The bytes have another checksum. */
    public static TransferBroken otherChecksum(String announced, String found) {
        return new TransferBroken(
                "The SHA-256 checksum of the bytes that came is " + found + ": announced was " + announced, null);
    }
}
