/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.util.Optional;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** What a client gave cannot be exchanged for tokens. */
public class InvalidGrant extends DiracException {

    private static final long serialVersionUID = 1L;

    private InvalidGrant(ErrorCode code, String detail) {
        super(code, detail);
    }

    static InvalidGrant unknownDeviceCode() {
        return new InvalidGrant(ErrorCode.INVALID_GRANT, "The device code is not known");
    }

    static InvalidGrant unknownCode() {
        return new InvalidGrant(ErrorCode.INVALID_GRANT, "The code is not known, or has expired");
    }

    static InvalidGrant anotherRedirect() {
        return new InvalidGrant(ErrorCode.INVALID_GRANT, "Invalid redirect_uri");
    }

    static InvalidGrant wrongVerifier() {
        return new InvalidGrant(ErrorCode.INVALID_GRANT, "Invalid code_challenge");
    }

    static InvalidGrant used() {
        return new InvalidGrant(ErrorCode.INVALID_GRANT, "Code was already used");
    }

    static InvalidGrant refused(Optional<String> reason) {
        return new InvalidGrant(
                ErrorCode.ACCESS_DENIED,
                "The log-in was refused" + reason.map(": "::concat).orElse(""));
    }

    static InvalidGrant expired() {
        return new InvalidGrant(ErrorCode.DEVICE_CODE_EXPIRED, "Device code expired");
    }

    static InvalidGrant anotherClient() {
        return new InvalidGrant(ErrorCode.INVALID_CLIENT, "Bad client_id");
    }
}
