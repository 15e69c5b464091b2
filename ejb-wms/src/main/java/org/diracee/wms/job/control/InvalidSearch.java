/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A search that makes no sense; it says which part of it, and what is allowed. */
public class InvalidSearch extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param field path of the part, for instance {@code search[0].value} */
    InvalidSearch(String field, String message) {
        super(ErrorCode.INVALID_SEARCH, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
