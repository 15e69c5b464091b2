/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import org.diracee.dms.catalog.control.Visit;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.Lfn;

/** There is no such file or directory, or the caller may not know of it. */
public class NoSuchLfn extends DiracException {

    private static final long serialVersionUID = 1L;

    public NoSuchLfn(Lfn lfn) {
        super(Visit.notFound(lfn).code(), Visit.notFound(lfn).detail());
    }
}
