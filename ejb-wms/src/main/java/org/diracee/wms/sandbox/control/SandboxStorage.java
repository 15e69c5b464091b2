/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.error.Unavailable;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/**
 * Where the bytes of sandboxes lie. What is visible under a name is whole and durable. A store that cannot work for now
 * throws {@link Unavailable}.
 */
public interface SandboxStorage {

    /** What kind of store it is, in one word: the value of the option {@code Backend}. */
    String kind();

    /**
     * Whether the archive lies there, as far as the store can tell without reading it.
     *
     * @param size what it was announced with
     */
    boolean holds(SandboxPfn pfn, long size);

    /** Removes what is stored under the name, if anything is. */
    void remove(SandboxPfn pfn);

    /**
     * Names of archives that were stored before a moment, in an order of the store's own.
     *
     * @param after where the page before ended; empty to begin
     * @param limit most names looked at, older or not
     */
    StoredPage stored(Instant before, Optional<String> after, int limit);

    /**
     * Removes what broken transfers left, if nothing was written to it since.
     *
     * @return how many were removed
     */
    int removeLeftovers(Instant untouchedSince, int limit);
}
