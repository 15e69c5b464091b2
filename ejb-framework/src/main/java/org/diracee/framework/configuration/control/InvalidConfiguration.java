/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A configuration document that cannot be used; the detail says where and why. */
public class InvalidConfiguration extends DiracException {

    private static final long serialVersionUID = 1L;

    public InvalidConfiguration(String detail) {
        this(detail, List.of());
    }

    protected InvalidConfiguration(String detail, List<FieldError> fields) {
        super(ErrorCode.INVALID_REQUEST, "The configuration document is not valid: " + detail, fields);
    }
}
