/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.kernel.value.SeName;

/**
 * Where a file can be read.
 *
 * @param sources at least one, the best first
 */
public record OfferedReplicas(long size, Checksums checksums, UUID guid, List<Source> sources) {

    public OfferedReplicas {
        sources = List.copyOf(sources);
    }

    /**
     * One replica.
     *
     * @param access by which the client reads at the storage element itself; empty: the bytes go through this server
     */
    public record Source(SeName se, Optional<ClientAccess> access) {}
}
