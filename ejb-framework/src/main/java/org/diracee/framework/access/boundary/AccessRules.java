/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.PerRevision;

/**
 * The rules in force: what the configuration says of a method, else what the code says. Each is read once per revision of the
 * configuration.
 *
 * @see "Framework reference 2.3"
 */
@ApplicationScoped
public class AccessRules {

    private static final String INTERNAL = "asked by the server itself";

    private final PerRevision<Reading> readings =
            new PerRevision<>(snapshot -> new Reading(snapshot, new ConcurrentHashMap<>()));
    private ConfigurationService configuration;

    protected AccessRules() {} // for the container's proxy

    @Inject
    public AccessRules(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** The rule of a service method. */
    @OpenAccess(INTERNAL)
    public AccessRule of(Method method) {
        Reading now = current();
        AccessRule known = now.rules().get(method);
        if (known != null) {
            return known;
        }
        AccessRule rule = read(Operation.of(method, declared(method)), now.of());
        now.rules().put(method, rule);
        return rule;
    }

    /** The rule of an operation. */
    @OpenAccess(INTERNAL)
    public AccessRule of(Operation operation) {
        return read(operation, current().of());
    }

    private Reading current() {
        return readings.of(configuration.current());
    }

    private static AccessRule read(Operation operation, Configuration configuration) {
        if (!ProtectedOperations.canBeOverridden(operation)) {
            return operation.declared();
        }
        List<String> tokens = configuration.list(operation.path());
        return tokens.isEmpty()
                ? operation.declared()
                : operation.declared().overridden(tokens, "/" + operation.path());
    }

    static Requires declared(Method method) {
        Requires own = method.getAnnotation(Requires.class);
        Requires rule = own != null ? own : method.getDeclaringClass().getAnnotation(Requires.class);
        if (rule == null) {
            throw new IllegalStateException(method + " has no rule of access");
        }
        return rule;
    }

    /** The rules of one snapshot that were asked for. */
    private record Reading(Configuration of, Map<Method, AccessRule> rules) {}
}
