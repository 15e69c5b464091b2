/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.util.List;

/** A token that is not ours, was tampered with, has expired, or is of another kind than asked for. */
public class InvalidToken extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param reason a few words without anything of the token itself */
    public InvalidToken(String reason) {
        super(ErrorCode.INVALID_TOKEN, "Invalid JWT: " + reason);
    }

    public InvalidToken(String reason, Throwable cause) {
        super(ErrorCode.INVALID_TOKEN, "Invalid JWT: " + reason, List.of(), null, cause);
    }
}
