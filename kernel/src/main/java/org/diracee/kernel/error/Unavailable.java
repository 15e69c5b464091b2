/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.time.Duration;
import java.util.List;

/** Something we depend on is down; the caller may repeat the request after a while. */
public class Unavailable extends DiracException {

    private static final long serialVersionUID = 1L;

    /** Something that this installation does not offer; a repeat is of no use until it does. */
    public Unavailable(String detail) {
        super(ErrorCode.UNAVAILABLE, detail);
    }

    public Unavailable(String detail, Throwable cause) {
        super(ErrorCode.UNAVAILABLE, detail, List.of(), Duration.ofSeconds(10), cause);
    }
}
