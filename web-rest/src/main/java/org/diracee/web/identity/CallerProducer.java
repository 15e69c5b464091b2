/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.diracee.kernel.access.Caller;

/** Gives resources the caller of their request; they are request scoped, so each request has its own. */
@ApplicationScoped
public class CallerProducer {

    /**
     * The sender of the request.
     *
     * @throws NotAuthenticated on a public route: there the sender is not even looked at
     */
    @Produces
    @Dependent
    public Caller caller(HttpServletRequest request) {
        if (request.getUserPrincipal() instanceof CallerPrincipal principal) {
            return principal.caller();
        }
        throw new NotAuthenticated();
    }
}
