/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;

/** Tells users what their token makes of them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WhoAmI {

    /** The caller with its group and rights. */
    @Requires
    public Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }
}
