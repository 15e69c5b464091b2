/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.Transfer;
import org.diracee.wms.sandbox.entity.Sandbox;

/**
 * Follows a sandbox from its announcement until its bytes are known to lie in the store. Asks the store outside any
 * transaction, as that may be far away.
 *
 * <p>A caller in a transaction comes here before it has used the database, so that it holds no connection meanwhile.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class SandboxAnnouncements {

    private SandboxRegistry registry;
    private SandboxStorages storages;

    protected SandboxAnnouncements() {} // for the container's proxy

    @Inject
    public SandboxAnnouncements(SandboxRegistry registry, SandboxStorages storages) {
        this.registry = registry;
        this.storages = storages;
    }

    /**
     * Announces an archive.
     *
     * @return the leave to upload it; empty if the store has it
     * @throws SandboxSpaceUsedUp if there is no room for it
     */
    public Optional<Transfer> announce(Caller caller, SandboxPfn pfn, long size) {
        SandboxStorage storage = storages.current();
        Optional<Sandbox> known = registry.find(pfn).filter(Sandbox::hasArrived);
        // the row alone does not count: bytes that an operator lost can so be brought back by whoever has them
        if (known.isPresent() && storage.holds(pfn, known.get().bytes()) && registry.accessed(known.get())) {
            return Optional.empty();
        }
        if (storage instanceof PresigningStorage presigning) {
            registry.announce(pfn, size);
            return confirm(pfn) ? Optional.empty() : Optional.of(presigning.upload(pfn, size));
        }
        return Optional.of(registry.signUpload(caller, pfn, size, known.isEmpty()));
    }

    /**
     * Looks whether what is announced has come meanwhile.
     *
     * @return whether it was announced and is here now
     */
    public boolean confirm(SandboxPfn pfn) {
        SandboxStorage storage = storages.current();
        if (!(storage instanceof PresigningStorage)) {
            return false;
        }
        Optional<Sandbox> announced = registry.find(pfn).filter(sandbox -> !sandbox.hasArrived());
        return announced.isPresent()
                && storage.holds(pfn, announced.get().bytes())
                && registry.arrive(pfn, announced.get().bytes());
    }
}
