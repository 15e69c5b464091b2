/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.security.Principal;
import org.wildfly.security.evidence.Evidence;

/** Tells the realm that the mechanism had a credential verified; only this package can make one. */
final class VerifiedEvidence implements Evidence {

    private final Principal sender;

    VerifiedEvidence(Principal sender) {
        this.sender = sender;
    }

    Principal sender() {
        return sender;
    }
}
