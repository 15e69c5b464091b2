/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import org.diracee.kernel.error.DiracException;

/** A request with several descriptions of which one is wrong; it says which. */
public class WrongDescription extends DiracException {

    private static final long serialVersionUID = 1L;

    WrongDescription(int number, int count, DiracException wrong) {
        super(
                wrong.code(),
                "Description " + number + " of " + count + ": " + wrong.detail(),
                wrong.fields(),
                null,
                wrong);
    }
}
