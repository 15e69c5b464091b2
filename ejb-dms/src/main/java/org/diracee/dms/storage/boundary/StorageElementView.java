/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.util.List;
import org.diracee.kernel.value.SeName;

/**
 * A storage element as users of a VO see it.
 *
 * @param readable whether it is open for reading now, and so on
 * @param protocols the ways to speak to it, in the order of the configuration
 */
public record StorageElementView(
        SeName name,
        boolean tape,
        boolean disk,
        boolean readable,
        boolean writable,
        boolean removable,
        boolean checkable,
        List<Protocol> protocols) {

    public StorageElementView {
        protocols = List.copyOf(protocols);
    }

    /**
     * A way to speak to it.
     *
     * @param section its name in the configuration
     * @param local whether it is for machines of the same site
     * @param known whether this server has an adapter for the plugin
     */
    public record Protocol(String section, String plugin, String scheme, boolean local, boolean known) {}
}
