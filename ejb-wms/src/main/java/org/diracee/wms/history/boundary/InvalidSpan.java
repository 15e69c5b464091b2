/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A history is asked for a time, or in steps, that make no sense. */
public class InvalidSpan extends DiracException {

    private static final long serialVersionUID = 1L;

    InvalidSpan(String field, String message) {
        super(ErrorCode.INVALID_SEARCH, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
