/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resource that is no more than its options: a file catalogue, an identity provider. */
public record NamedResource(String name, Map<String, String> options) {

    public NamedResource {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
