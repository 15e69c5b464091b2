/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.util.List;

/** A request that is well formed but cannot be carried out; the detail says why and what is allowed. */
public class InvalidRequest extends DiracException {

    private static final long serialVersionUID = 1L;

    public InvalidRequest(String detail) {
        super(ErrorCode.INVALID_REQUEST, detail);
    }

    public InvalidRequest(ErrorCode code, String detail) {
        super(code, detail);
    }

    public InvalidRequest(ErrorCode code, String detail, List<FieldError> fields) {
        super(code, detail, fields);
    }
}
