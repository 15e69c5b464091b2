/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** A certificate or proxy that does not count here. */
public class UntrustedChain extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with it; whoever sends it may know */
    public UntrustedChain(String reason) {
        super(ErrorCode.UNTRUSTED_CERTIFICATE, "The certificate does not count here: " + reason);
    }
}
