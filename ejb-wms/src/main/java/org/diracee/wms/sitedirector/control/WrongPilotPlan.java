/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A pilot factory failed, is absent, or answered what no queue could get. */
public class WrongPilotPlan extends DiracException {

    private static final long serialVersionUID = 1L;

    public WrongPilotPlan(String detail) {
        this(detail, null);
    }

    public WrongPilotPlan(String detail, @Nullable Throwable cause) {
        super(ErrorCode.INTERNAL_ERROR, detail, List.of(), null, cause);
    }
}
