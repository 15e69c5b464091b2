/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ways of speaking to storage elements that there are, by the plugins that configurations name. */
@ApplicationScoped
public class StorageProtocols {

    private Map<String, StorageProtocol> byPlugin = Map.of();

    protected StorageProtocols() {} // for the container's proxy

    @Inject
    public StorageProtocols(Instance<StorageProtocol> protocols) {
        this(protocols.stream().toList());
    }

    public StorageProtocols(Collection<StorageProtocol> protocols) {
        byPlugin = new TreeMap<>();
        protocols.forEach(protocol -> protocol.plugins().forEach(plugin -> byPlugin.put(plugin, protocol)));
    }

    /** The way to speak to an endpoint, if its plugin is known. */
    public Optional<StorageProtocol> find(StorageEndpoint endpoint) {
        return Optional.ofNullable(byPlugin.get(endpoint.plugin()));
    }

    /** The plugins that there are. */
    public SortedSet<String> plugins() {
        return new TreeSet<>(byPlugin.keySet());
    }
}
