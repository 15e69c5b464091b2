/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.diracee.kernel.error.Forbidden;

/** The store that the configuration names, of those that there are. */
@ApplicationScoped
public class SandboxStorages {

    private final Map<String, SandboxStorage> byKind = new HashMap<>();
    private SandboxSettings settings;

    protected SandboxStorages() {} // for the container's proxy

    @Inject
    public SandboxStorages(@Any Instance<SandboxStorage> storages, SandboxSettings settings) {
        this((Iterable<SandboxStorage>) storages, settings);
    }

    SandboxStorages(Iterable<? extends SandboxStorage> storages, SandboxSettings settings) {
        this.settings = settings;
        storages.forEach(storage -> byKind.put(storage.kind(), storage));
    }

    /** Those of a program without a container. */
    public static SandboxStorages of(Iterable<? extends SandboxStorage> storages, SandboxSettings settings) {
        return new SandboxStorages(storages, settings);
    }

    /** The store for now; the option's type allows no other kinds than there are. */
    public SandboxStorage current() {
        return Objects.requireNonNull(byKind.get(settings.backend()));
    }

    /**
     * The same, if bytes pass through this server.
     *
     * @throws Forbidden if the link at hand is from the time before another store was chosen
     */
    public StreamingStorage streaming() {
        if (current() instanceof StreamingStorage streaming) {
            return streaming;
        }
        throw new Forbidden("The link leads to a store that is not used any more: ask for a new one");
    }
}
