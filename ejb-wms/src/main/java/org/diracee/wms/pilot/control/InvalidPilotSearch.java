/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A search for pilots that makes no sense; it says which part of it, and what is allowed. */
public class InvalidPilotSearch extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param field path of the part, for instance {@code search[0].value} */
    InvalidPilotSearch(String field, String message) {
        super(ErrorCode.INVALID_SEARCH, field + ": " + message, List.of(new FieldError(field, message)));
    }
}
