/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A revision of the configuration that does not exist. */
public class NoSuchRevision extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param latest the revision in force */
    public NoSuchRevision(long revision, long latest) {
        super(
                ErrorCode.NOT_FOUND,
                "There is no revision " + revision + " of the configuration: there are 1 to " + latest);
    }
}
