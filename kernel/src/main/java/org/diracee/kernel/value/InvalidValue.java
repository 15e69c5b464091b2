/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A text that is no value of its kind. */
public class InvalidValue extends DiracException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    /**
     * @param kind what was expected, for instance {@code job id}
     * @param text what came
     * @param allowed the allowed form in words
     */
    public InvalidValue(String kind, String text, String allowed) {
        super(ErrorCode.INVALID_REQUEST, "'" + shortened(text) + "' is no " + kind + ": allowed is " + allowed);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
