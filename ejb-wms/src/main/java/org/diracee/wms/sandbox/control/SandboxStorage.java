/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.error.Unavailable;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.StoredSandbox;

/**
 * Where the bytes of sandboxes lie. Content under a name never changes; what is visible under a name is whole and durable.
 * A store that cannot work for now throws {@link Unavailable}.
 */
public interface SandboxStorage {

    /** What kind of store it is, in one word. */
    String kind();

    /**
     * Takes the bytes in, without holding them in memory, checks size and checksum and makes them durable, not yet visible
     * under the name.
     *
     * @throws TransferTooLarge as soon as more than {@code size} bytes came
     * @throws TransferBroken if the stream failed, ended early or has another checksum than the name says; nothing is left
     */
    ArrivedSandbox receive(SandboxPfn pfn, long size, InputStream content);

    /** Opens what is stored under the name. */
    Optional<StoredSandbox> open(SandboxPfn pfn);

    /** Removes what is stored under the name, if anything is. */
    void remove(SandboxPfn pfn);

    /**
     * Names of archives that were stored before a moment, in an order of the store's own.
     *
     * @param after where the page before ended; empty to begin
     * @param limit most names looked at, older or not
     */
    StoredPage stored(Instant before, Optional<SandboxPfn> after, int limit);

    /**
     * Removes what broken transfers left, if nothing was written to it since.
     *
     * @return how many were removed
     */
    int removeLeftovers(Instant untouchedSince, int limit);
}
