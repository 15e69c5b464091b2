/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A change that would put values into the configuration that cannot stand there; the fields tell which. */
public class UnusableConfiguration extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param errors at least one */
    public UnusableConfiguration(List<Finding> errors) {
        super(
                ErrorCode.INVALID_REQUEST,
                errors.size() == 1
                        ? "The change is refused: " + words(errors.get(0))
                        : "The change is refused for %d reasons, the first: %s"
                                .formatted(errors.size(), words(errors.get(0))),
                errors.stream()
                        .map(error -> new FieldError(error.path(), shown(error)))
                        .toList());
    }

    private static String words(Finding error) {
        return error.path() + ": " + shown(error);
    }

    private static String shown(Finding error) {
        return error.value().isEmpty() ? error.message() : "'" + error.value() + "': " + error.message();
    }
}
