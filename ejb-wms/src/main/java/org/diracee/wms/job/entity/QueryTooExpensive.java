/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A search or summary that would cost more than one request may. */
public class QueryTooExpensive extends DiracException {

    private static final long serialVersionUID = 1L;

    QueryTooExpensive(String detail) {
        super(ErrorCode.QUERY_TOO_EXPENSIVE, detail);
    }
}
