/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A path at which the configuration has neither section nor option. */
public class NoSuchEntry extends DiracException {

    private static final long serialVersionUID = 1L;

    public NoSuchEntry(String path, long revision) {
        super(
                ErrorCode.NOT_FOUND,
                "There is nothing at " + path + " in revision " + revision + " of the configuration");
    }
}
