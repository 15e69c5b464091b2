/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.util.List;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.NewFile;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.error.Problem;

/** Compares what is to be registered with what is: a repeat is no mistake. */
public final class Registration {

    private Registration() {}

    /**
     * How they differ, if they do. A GUID or checksum that only one of them has does not count.
     *
     * @see "DMS reference 3.5"
     */
    public static Optional<Problem> difference(NewFile asked, FileRow registered, List<Replica> replicas) {
        String already = asked.lfn() + " is already registered with ";
        if (asked.size() != registered.size()) {
            return Optional.of(Visit.conflict(already + "another size: " + registered.size()));
        }
        if (asked.checksums().contradict(registered.checksums())) {
            return Optional.of(Visit.conflict(already + "another checksum"));
        }
        if (asked.guid().isPresent() && !asked.guid().get().equals(registered.guid())) {
            return Optional.of(Visit.conflict(already + "another GUID: " + registered.guid()));
        }
        if (replicas.isEmpty()) {
            return Optional.of(Visit.conflict(already + "no replicas"));
        }
        return asked.replicas().stream()
                .map(NewReplica::se)
                .filter(se ->
                        replicas.stream().noneMatch(replica -> replica.se().equals(se)))
                .findFirst()
                .map(se -> Visit.conflict(already + "other replicas, none of them at " + se));
    }
}
