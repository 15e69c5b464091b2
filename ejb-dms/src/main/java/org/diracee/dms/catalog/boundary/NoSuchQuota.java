/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no such quota. */
public class NoSuchQuota extends DiracException {

    private static final long serialVersionUID = 1L;

    public NoSuchQuota(Quota.Kind kind, String name) {
        super(ErrorCode.NOT_FOUND, "There is no quota of the " + kind.text() + " " + name);
    }
}
