/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import java.security.Principal;
import org.diracee.kernel.access.Caller;

/** The sender of a request, as the server's authentication hands it through. */
record CallerPrincipal(Caller caller) implements Principal {

    @Override
    public String getName() {
        return caller.identity();
    }
}
