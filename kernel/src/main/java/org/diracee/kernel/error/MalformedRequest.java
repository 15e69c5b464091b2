/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.util.List;

/** A request that has not the declared shape; the fields say where and what is allowed. */
public class MalformedRequest extends DiracException {

    private static final long serialVersionUID = 1L;

    public MalformedRequest(String detail) {
        super(ErrorCode.MALFORMED_REQUEST, detail);
    }

    public MalformedRequest(String detail, List<FieldError> fields) {
        super(ErrorCode.MALFORMED_REQUEST, detail, fields);
    }
}
