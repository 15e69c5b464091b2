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
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.jspecify.annotations.Nullable;

/** Lets a call of a service method through only if its caller, the first parameter, is what {@link Requires} names. */
@Interceptor
@Requires
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AccessInterceptor {

    private @Nullable SecurityAudit audit;

    @Inject
    void setAudit(SecurityAudit audit) {
        this.audit = audit;
    }

    @AroundInvoke
    Object check(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        Requires rule = rule(method);
        Object[] arguments = invocation.getParameters();
        if (arguments.length == 0 || !(arguments[0] instanceof Caller caller)) {
            throw new IllegalStateException(method + " requires rights but takes no Caller first");
        }
        Optional<String> refusal = refusal(rule, caller);
        if (refusal.isPresent()) {
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            LOG.accessRefused(caller.identity(), name, refusal.get());
            Objects.requireNonNull(audit).refused(caller, AuditAct.ACCESS, name, refusal.get());
            throw new Forbidden();
        }
        return invocation.proceed();
    }

    /** Why the rule keeps this caller out; empty if it may pass. */
    static Optional<String> refusal(Requires rule, Caller caller) {
        if (!Arrays.asList(rule.callers()).contains(caller.kind())) {
            return Optional.of("a caller of kind " + caller.kind() + " may not");
        }
        if (!(caller instanceof Caller.User user) || rule.value().length == 0) {
            return Optional.empty();
        }
        return Arrays.stream(rule.value()).anyMatch(user::has)
                ? Optional.empty()
                : Optional.of("needs "
                        + Arrays.stream(rule.value()).map(Property::wireName).collect(Collectors.joining(" or ")));
    }

    private static Requires rule(Method method) {
        Requires own = method.getAnnotation(Requires.class);
        Requires rule = own != null ? own : method.getDeclaringClass().getAnnotation(Requires.class);
        if (rule == null) {
            throw new IllegalStateException(method + " has no rule of access");
        }
        return rule;
    }
}
