/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A program did not prove who it is, or is known and may not do this. */
public class ClientRefused extends DiracException {

    private static final long serialVersionUID = 1L;

    private ClientRefused(ErrorCode code, String detail) {
        super(code, detail);
    }

    /** Tells not whether the client is known. */
    static ClientRefused notAuthenticated() {
        return new ClientRefused(
                ErrorCode.CLIENT_NOT_AUTHENTICATED,
                "The client did not prove who it is: no secret or assertion is good");
    }

    /** For the client itself, whose signature is good. */
    static ClientRefused badAssertion(String why) {
        return new ClientRefused(ErrorCode.CLIENT_NOT_AUTHENTICATED, "The client_assertion is not good: " + why);
    }

    static ClientRefused notApproved() {
        return new ClientRefused(
                ErrorCode.UNAUTHORIZED_CLIENT, "The client is registered, but no administrator has approved it");
    }

    static ClientRefused mayNot(String what) {
        return new ClientRefused(ErrorCode.UNAUTHORIZED_CLIENT, "The client may not " + what);
    }
}
