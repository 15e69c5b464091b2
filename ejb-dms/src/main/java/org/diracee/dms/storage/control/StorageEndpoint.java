/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.SeName;

/**
 * One way to reach a storage element, a protocol section of its configuration.
 *
 * @param section the name of the section
 * @param plugin picks the adapter
 * @param protocol the scheme of its URLs
 * @param local whether only machines of the same site may use it
 * @param options of the section, above those of the storage element
 */
public record StorageEndpoint(
        SeName se, String section, String plugin, String protocol, boolean local, Map<String, String> options) {

    public StorageEndpoint {
        options = Map.copyOf(options);
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return se + " by " + protocol;
    }
}
