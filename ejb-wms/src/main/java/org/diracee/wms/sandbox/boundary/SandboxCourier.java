/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.sandbox.control.OutsideTransfers;

/**
 * Fetches and stores sandboxes for jobs whose wrappers cannot do so themselves, with the rights that these would have. Outside any
 * transaction, as large ones take a while.
 */
@ApplicationScoped
public class SandboxCourier {

    private SandboxStore store;
    private SandboxTransfers transfers;
    private OutsideTransfers outside;

    protected SandboxCourier() {} // for the container's proxy

    @Inject
    public SandboxCourier(SandboxStore store, SandboxTransfers transfers, OutsideTransfers outside) {
        this.store = store;
        this.transfers = transfers;
        this.outside = outside;
    }

    /**
     * Copies a sandbox that is assigned to the calling job.
     *
     * @throws IOException if the target cannot be written
     */
    @Requires(callers = CallerKind.JOB)
    public void fetch(Caller caller, SandboxPfn pfn, Path target) throws IOException {
        Transfer transfer = store.download(caller, pfn);
        if (transfer instanceof SignedTransfer signed) {
            try (InputStream content = transfers.open(signed).read(0)) {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } else if (transfer instanceof PresignedTransfer link) {
            outside.download(link, target);
        }
    }

    /**
     * Stores an archive of the calling job, unless it is stored already.
     *
     * @return its name
     * @throws org.diracee.wms.sandbox.control.TransferBroken if its checksum is another than the announced one
     * @throws IOException if it cannot be read
     */
    @Requires(callers = CallerKind.JOB)
    public SandboxPfn store(Caller caller, SandboxAnnouncement announced, Path archive) throws IOException {
        SandboxUpload upload = store.initiate(caller, announced);
        Optional<Transfer> transfer = upload.transfer();
        if (transfer.isPresent() && transfer.get() instanceof SignedTransfer signed) {
            try (InputStream content = Files.newInputStream(archive)) {
                transfers.receive(signed, content);
            }
        } else if (transfer.isPresent() && transfer.get() instanceof PresignedTransfer form) {
            outside.upload(form, archive);
        }
        return upload.pfn();
    }
}
