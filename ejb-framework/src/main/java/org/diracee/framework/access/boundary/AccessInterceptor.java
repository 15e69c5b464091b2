/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call of a service method through only if its caller, the first parameter, is what {@link Requires} names, or what the
 * configuration says instead.
 */
@Interceptor
@Requires
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AccessInterceptor {

    private @Nullable SecurityAudit audit;
    private @Nullable AccessRules rules;

    @Inject
    void connect(AccessRules known, SecurityAudit log) {
        rules = known;
        audit = log;
    }

    @AroundInvoke
    Object check(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        AccessRule rule = Objects.requireNonNull(rules).of(method);
        Object[] arguments = invocation.getParameters();
        if (arguments.length == 0 || !(arguments[0] instanceof Caller caller)) {
            throw new IllegalStateException(method + " requires rights but takes no Caller first");
        }
        Optional<String> refusal = rule.refusal(caller);
        if (refusal.isPresent()) {
            String name = Operation.name(method);
            LOG.accessRefused(caller.identity(), name, refusal.get());
            Objects.requireNonNull(audit).refused(caller, AuditAct.ACCESS, name, refusal.get());
            if (refusal.get().equals(AccessRule.LIMITED)) {
                throw new Forbidden(
                        "A limited proxy may not do this: it starts nothing new. Use a full proxy or a token");
            }
            throw new Forbidden("Forbidden: " + refusal.get() + " (" + name + ")");
        }
        return invocation.proceed();
    }
}
