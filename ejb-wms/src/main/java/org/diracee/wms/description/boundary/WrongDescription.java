/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.FieldError;

/** A request with several descriptions of which one is wrong; it says which, in the paths of its fields too. */
public class WrongDescription extends DiracException {

    private static final long serialVersionUID = 1L;

    WrongDescription(int number, int count, DiracException wrong) {
        super(
                wrong.code(),
                "Description " + number + " of " + count + ": " + wrong.detail(),
                wrong.fields().stream()
                        .map(field -> new FieldError(
                                "[" + (number - 1) + "]." + field.field(), field.message(), field.values()))
                        .toList(),
                null,
                wrong);
    }
}
