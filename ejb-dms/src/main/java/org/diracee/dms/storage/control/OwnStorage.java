/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.time.Instant;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.diracee.dms.storage.boundary.UploadProgress;

/** The way of speaking to storage elements whose bytes lie with this server itself. Clients come to us for these. */
public interface OwnStorage extends StorageProtocol {

    /** A leave to write so many bytes, of which what comes in pieces is put together with that of the same upload alone. */
    ClientAccess accessFor(String upload, StoragePlace file, long size);

    /**
     * Begins a file that comes in one piece.
     *
     * @throws StorageFailure if there is such a file already, or no space
     */
    StorageUpload begin(StoragePlace file, long size, Checksums expected);

    /**
     * Goes on with a file that comes in pieces; the first begins at 0.
     *
     * @param upload whose pieces these are: others know nothing of each other
     * @throws StorageFailure unless exactly so much has arrived before; if another piece is arriving; as {@link #begin}
     */
    StorageUpload resume(String upload, StoragePlace file, long offset, long size, Checksums expected);

    /** How much of a file that comes in pieces is here from that upload; empty if nothing is. */
    Optional<UploadProgress> progress(String upload, StoragePlace file);

    /** Removes what is left of transfers that nobody goes on with; how many there were. */
    int removeLeftovers(StorageEndpoint endpoint, Instant untouchedSince, int limit);

    /** Counts again what VOs use, as counting beside changes is not exact for ever. */
    void recount(StorageEndpoint endpoint);
}
