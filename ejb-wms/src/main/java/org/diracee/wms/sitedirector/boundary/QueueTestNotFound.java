/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** There is no such test of a queue, or none that concerns the caller. */
public class QueueTestNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    public QueueTestNotFound(long id) {
        super(ErrorCode.NOT_FOUND, "There is no test " + id + "; tests are remembered for 7 days after their end");
    }
}
