/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Lfn;

/**
 * A file to be registered.
 *
 * @param size in bytes
 * @param guid unless given one is made
 * @param mode unless given that of the configuration
 * @param replicas at least one; the first is the master
 * @param ancestors files that it was made of
 */
public record NewFile(
        Lfn lfn,
        long size,
        Checksums checksums,
        Optional<UUID> guid,
        OptionalInt mode,
        List<NewReplica> replicas,
        List<Lfn> ancestors) {

    /** @throws InvalidRequest if the size is negative, there is no replica, or two are at one storage element */
    public NewFile {
        replicas = List.copyOf(replicas);
        ancestors = List.copyOf(ancestors);
        if (size < 0) {
            throw new InvalidRequest("The size of " + lfn + " is " + size + ": allowed is 0 or more");
        }
        if (replicas.isEmpty()) {
            throw new InvalidRequest("The file " + lfn + " has no replica; at least one is needed");
        }
        if (replicas.stream().map(NewReplica::se).distinct().count() < replicas.size()) {
            throw new InvalidRequest("The file " + lfn + " has two replicas at one storage element");
        }
        mode.ifPresent(CatalogChange::requireMode);
    }
}
