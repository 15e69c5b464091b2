/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.web.http.AuditedRoute;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.matching.boundary.AttemptCheck;

/** Gives resources the caller of their request; they are request scoped, so each request has its own. */
@ApplicationScoped
public class CallerProducer {

    private SuspensionList suspensions;
    private AttemptCheck attempts;
    private SecurityAudit audit;

    protected CallerProducer() {} // for the container's proxy

    @Inject
    public CallerProducer(SuspensionList suspensions, AttemptCheck attempts, SecurityAudit audit) {
        this.suspensions = suspensions;
        this.attempts = attempts;
        this.audit = audit;
    }

    /**
     * The sender of the request.
     *
     * @throws StaleAttempt if the sender is a job's wrapper that has lost its job
     * @throws Suspended if the sender may do nothing for now, with whatever credential
     * @throws NotAuthenticated on a public route: there the sender is not even looked at
     */
    @Produces
    @Dependent
    public Caller caller(HttpServletRequest request) {
        if (request.getUserPrincipal() instanceof CallerPrincipal principal) {
            requireActive(principal.caller(), request);
            if (principal.caller() instanceof Caller.Job job) {
                attempts.require(job);
            }
            return principal.caller();
        }
        throw new NotAuthenticated();
    }

    private void requireActive(Caller caller, HttpServletRequest request) {
        try {
            suspensions.require(caller);
        } catch (Suspended refusal) {
            audit.refused(
                    caller,
                    AuditAct.AUTHENTICATION,
                    AuditedRoute.of(request.getMethod(), request.getRequestURI()),
                    refusal.detail());
            throw refusal;
        }
    }
}
