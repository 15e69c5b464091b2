/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a service method, before any rule about the objects concerned. The method's first parameter is the
 * {@link Caller}; anybody else gets {@link org.diracee.kernel.error.Forbidden}.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requires {

    /** A user needs one of these; none named: every authenticated user. Other kinds have no properties. */
    @Nonbinding
    Property[] value() default {};

    @Nonbinding
    CallerKind[] callers() default {CallerKind.USER};

    /**
     * Whether a user who shows a limited proxy is kept out. Such a proxy travels with jobs: it may use what there is, but start
     * nothing new, change no configuration and get no further credential.
     */
    @Nonbinding
    boolean unlimited() default false;
}
