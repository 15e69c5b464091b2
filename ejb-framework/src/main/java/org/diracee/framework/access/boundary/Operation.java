/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import java.lang.reflect.Method;
import java.util.Locale;
import org.diracee.kernel.access.Requires;

/**
 * A service method that requires something of its caller.
 *
 * @param system DIRAC's name of the system that the service belongs to
 * @param declared what the code requires
 */
public record Operation(String system, String service, String method, AccessRule declared) {

    private static final String ROOT = "org.diracee.";

    static Operation of(Method method, Requires rule) {
        Class<?> service = method.getDeclaringClass();
        return new Operation(
                system(service.getPackageName()), service.getSimpleName(), method.getName(), AccessRule.declared(rule));
    }

    /** {@code Service.method}: how logs, the audit log and people call it. */
    public String name() {
        return service + "." + method;
    }

    static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Where the configuration can say another rule. */
    public String path() {
        return "Systems/" + system + "/Services/" + service + "/Authorization/" + method;
    }

    /** The module's name in DIRAC; the configuration is a system of its own there. */
    private static String system(String packageName) {
        String[] parts = packageName.substring(ROOT.length()).split("\\.", -1);
        if (parts[0].equals("framework")) {
            return parts.length > 1 && parts[1].equals("configuration") ? "Configuration" : "Framework";
        }
        return switch (parts[0]) {
            case "wms" -> "WorkloadManagement";
            case "rms" -> "RequestManagement";
            case "dms" -> "DataManagement";
            case "rss" -> "ResourceStatus";
            default -> parts[0].substring(0, 1).toUpperCase(Locale.ROOT) + parts[0].substring(1);
        };
    }
}
