/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SignedTransfer;
import org.diracee.wms.sandbox.boundary.TransferDirection;
import org.diracee.wms.sandbox.entity.LinkKeyRepository;
import org.diracee.wms.sandbox.entity.Sandbox;
import org.diracee.wms.sandbox.entity.SandboxRepository;

/**
 * Keeps rows and stored bytes in step, in short transactions of their own.
 *
 * <p>Whoever makes a name visible, announces it or removes it in the store holds that name's lock until its transaction ends.
 * So a removal never hits bytes that are being registered or were announced, and a crash in between leaves at worst bytes
 * without a row, which the sweep for orphans finds.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class SandboxRegistry {

    private SandboxRepository sandboxes;
    private SandboxStorages storages;
    private SandboxLinks links;
    private LinkKeyRepository keys;
    private SandboxSpace space;
    private Clock clock;

    protected SandboxRegistry() {} // for the container's proxy

    @Inject
    public SandboxRegistry(
            SandboxRepository sandboxes,
            SandboxStorages storages,
            SandboxLinks links,
            LinkKeyRepository keys,
            SandboxSpace space,
            Clock clock) {
        this.sandboxes = sandboxes;
        this.storages = storages;
        this.links = links;
        this.keys = keys;
        this.space = space;
        this.clock = clock;
    }

    public void checkLink(SignedTransfer transfer) {
        links.check(transfer);
    }

    /**
     * Makes durable bytes visible and adds their row.
     *
     * @throws SandboxSpaceUsedUp if others of the owner took the room meanwhile
     */
    public void register(SandboxPfn pfn, long size, ArrivedSandbox arrived) {
        sandboxes.takeTurn(pfn);
        sandboxes.forgetAnnounced(pfn);
        // before the owner's other sandboxes wait for this one
        arrived.publish();
        if (sandboxes.find(pfn).isEmpty()) {
            try {
                space.take(pfn, size);
            } catch (SandboxSpaceUsedUp full) {
                storages.current()
                        .remove(pfn); // no row claims it, and nobody makes one before this name's lock is let go
                throw full;
            }
        }
        sandboxes.register(pfn, size, clock.instant());
    }

    public Optional<Sandbox> find(SandboxPfn pfn) {
        return sandboxes.find(pfn);
    }

    /** Notes that the sandbox is wanted; tells whether it is still there. */
    public boolean accessed(Sandbox sandbox) {
        return sandboxes.accessed(sandbox, clock.instant());
    }

    /**
     * Adds the row of an archive that its owner sends to the store himself; a former announcement is replaced.
     *
     * @throws SandboxSpaceUsedUp if there is no room for it
     */
    public void announce(SandboxPfn pfn, long size) {
        sandboxes.takeTurn(pfn);
        sandboxes.forgetAnnounced(pfn);
        if (sandboxes.find(pfn).isEmpty()) {
            space.take(pfn, size);
        }
        sandboxes.announce(pfn, size, clock.instant());
    }

    /** Notes that an announced archive lies in the store; tells whether it still counts as announced with this size. */
    public boolean arrive(SandboxPfn pfn, long size) {
        sandboxes.takeTurn(pfn);
        return sandboxes.arrive(pfn, size, clock.instant());
    }

    /**
     * Signs a link by which this server takes an archive in.
     *
     * @throws SandboxSpaceUsedUp if it is new and there is no room for it
     */
    public SignedTransfer signUpload(Caller caller, SandboxPfn pfn, long size, boolean isNew) {
        if (isNew) {
            space.require(pfn, size);
        }
        return links.sign(caller, TransferDirection.UPLOAD, pfn, size);
    }

    /** Announced archives of which nothing was heard since, the oldest first. */
    public List<SandboxPfn> announced(Instant before, int limit) {
        return sandboxes.announced(before, limit);
    }

    public List<SandboxPfn> unassigned(Instant lastAccessBefore, int limit) {
        return sandboxes.unassigned(lastAccessBefore, limit);
    }

    /** Removes the row if the sandbox is still unassigned and unread; its bytes are orphans then. */
    public boolean forget(SandboxPfn pfn, Instant lastAccessBefore) {
        return sandboxes.forget(pfn, lastAccessBefore);
    }

    /**
     * Removes the bytes if no row claims them.
     *
     * @return whether they were orphans
     */
    public boolean removeOrphan(SandboxPfn pfn) {
        sandboxes.takeTurn(pfn);
        if (sandboxes.find(pfn).isPresent()) {
            return false;
        }
        storages.current().remove(pfn);
        return true;
    }

    public void removeOldKeys() {
        keys.removeOld(clock.instant());
    }
}
