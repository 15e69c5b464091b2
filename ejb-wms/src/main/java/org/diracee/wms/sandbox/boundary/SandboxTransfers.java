/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.sandbox.control.ArrivedSandbox;
import org.diracee.wms.sandbox.control.LinkHolder;
import org.diracee.wms.sandbox.control.SandboxNotFound;
import org.diracee.wms.sandbox.control.SandboxRegistry;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.SandboxStorages;
import org.diracee.wms.sandbox.control.SandboxTooLarge;

/**
 * Moves the bytes of sandboxes for whoever holds a signed link. Runs outside any transaction, as a slow client may take
 * minutes; what it writes is committed in short ones.
 */
@ApplicationScoped // no pooled bean: transfers are bounded by the server's threads, not by a pool that they would
// exhaust
public class SandboxTransfers {

    private static final String BY_LINK = "the signature names the sandbox, the direction, the time and who got it";

    private SandboxRegistry registry;
    private SandboxStorages storages;
    private SandboxSettings settings;
    private SuspensionList suspensions;

    protected SandboxTransfers() {} // for the container's proxy

    @Inject
    public SandboxTransfers(
            SandboxRegistry registry, SandboxStorages storages, SandboxSettings settings, SuspensionList suspensions) {
        this.registry = registry;
        this.storages = storages;
        this.settings = settings;
        this.suspensions = suspensions;
    }

    /**
     * Takes an archive in. When this returns, the bytes and their registration are durable; if it throws, nothing is left.
     *
     * @throws org.diracee.kernel.error.Forbidden if the link is not ours or expired; nothing was read then
     * @throws org.diracee.framework.suspension.boundary.Suspended if who got the link or whose sandbox it is may do nothing
     * @throws org.diracee.wms.sandbox.control.TransferTooLarge as soon as more than the announced bytes came
     * @throws org.diracee.wms.sandbox.control.TransferBroken if fewer or other bytes came
     */
    @OpenAccess(BY_LINK)
    public void receive(SignedTransfer upload, InputStream content) {
        requireDirection(upload, TransferDirection.UPLOAD);
        requireGood(upload);
        if (upload.size() > settings.maxBytes()) { // lowered since the link was signed
            throw new SandboxTooLarge(upload.size(), settings.maxBytes());
        }
        try (ArrivedSandbox arrived = storages.streaming().receive(upload.pfn(), upload.size(), content)) {
            registry.register(upload.pfn(), upload.size(), arrived);
        }
    }

    /** Opens an archive for reading. */
    @OpenAccess(BY_LINK)
    public StoredSandbox open(SignedTransfer download) {
        requireDirection(download, TransferDirection.DOWNLOAD);
        requireGood(download);
        return storages.streaming().open(download.pfn()).orElseThrow(SandboxNotFound::new);
    }

    private void requireGood(SignedTransfer transfer) {
        registry.checkLink(transfer);
        suspensions.require(LinkHolder.parse(transfer.holder()));
        suspensions.requireOwner(transfer.pfn().vo(), transfer.pfn().user());
    }

    private static void requireDirection(SignedTransfer transfer, TransferDirection wanted) {
        if (transfer.direction() != wanted) {
            throw new IllegalArgumentException(transfer + " is no " + wanted);
        }
    }
}
