/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The caller, or something that the caller belongs to, is suspended. */
public class Suspended extends DiracException {

    private static final long serialVersionUID = 1L;

    public Suspended(SuspensionTarget what, String contact) {
        super(ErrorCode.SUSPENDED, capitalised(what.text()) + " is suspended. " + contact);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
