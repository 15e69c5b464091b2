/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A storage as jobs and users name it.
 *
 * @param options its own and those inherited from its base
 * @param protocols the options of each way to reach it, its own over its base's; those of a section in it as {@code VOPath/demo}
 */
public record StorageElement(String name, Map<String, String> options, Map<String, Map<String, String>> protocols) {

    public StorageElement {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        protocols = Collections.unmodifiableMap(new LinkedHashMap<>(protocols));
    }
}
