/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

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

    /** Where a file or directory lies here. */
    public StoragePlace place(VoName vo, Lfn lfn) {
        String configured = "Resources/StorageElements/" + se + "/" + section;
        String root = option("VOPath/" + vo)
                .flatMap(path -> StorageOptions.VO_PATH.findAmong(
                        Map.of(StorageOptions.VO_PATH.path().name(), path), configured))
                .or(() -> StorageOptions.PATH.findAmong(options, configured))
                .orElse("");
        String path = lfn.equals(Lfn.ROOT) ? root : root + lfn;
        return new StoragePlace(this, vo, lfn, path.isEmpty() ? "/" : path);
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return se + " by " + protocol;
    }
}
