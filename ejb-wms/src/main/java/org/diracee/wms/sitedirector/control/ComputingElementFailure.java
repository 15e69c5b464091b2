/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A computing element could not be reached, answered wrongly or is badly configured; the detail says which. */
public class ComputingElementFailure extends DiracException {

    private static final long serialVersionUID = 1L;

    public ComputingElementFailure(String detail) {
        this(detail, null);
    }

    public ComputingElementFailure(String detail, @Nullable Throwable cause) {
        super(ErrorCode.UPSTREAM_ERROR, detail, List.of(), null, cause);
    }
}
