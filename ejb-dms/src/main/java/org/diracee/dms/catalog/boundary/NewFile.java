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

    /** In bytes: what every reader of JSON keeps exactly. */
    public static final long LARGEST = 1L << 53;

    /** The most files that one may be made of directly. */
    public static final int MOST_ANCESTORS = 100;

    /**
     * @throws InvalidRequest if the size is negative or too large, there is no replica, two are at one storage element, or there are
     *     too many ancestors
     */
    public NewFile {
        replicas = List.copyOf(replicas);
        ancestors = List.copyOf(ancestors);
        if (size < 0 || size > LARGEST) {
            throw new InvalidRequest("The size of " + lfn + " is " + size + ": allowed is 0 to " + LARGEST);
        }
        if (replicas.isEmpty()) {
            throw new InvalidRequest("The file " + lfn + " has no replica; at least one is needed");
        }
        if (replicas.stream().map(NewReplica::se).distinct().count() < replicas.size()) {
            throw new InvalidRequest("The file " + lfn + " has two replicas at one storage element");
        }
        if (ancestors.size() > MOST_ANCESTORS) {
            throw new InvalidRequest(
                    "The file " + lfn + " has " + ancestors.size() + " ancestors; at most " + MOST_ANCESTORS);
        }
        mode.ifPresent(CatalogChange::requireMode);
    }
}
