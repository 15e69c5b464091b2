/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.List;
import java.util.Set;
import org.diracee.kernel.access.Property;

/**
 * A machine that may act in the system under its own certificate.
 *
 * @param dns distinguished names of its certificates
 */
public record RegisteredHost(String name, List<String> dns, Set<Property> properties) {

    public RegisteredHost {
        dns = List.copyOf(dns);
        properties = Set.copyOf(properties);
    }
}
