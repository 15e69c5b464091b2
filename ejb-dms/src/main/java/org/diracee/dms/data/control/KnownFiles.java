/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Lfn;

/** Looks files up in the catalogue. */
@ApplicationScoped
public class KnownFiles {

    private CatalogReading reading;

    protected KnownFiles() {} // for the container's proxy

    @Inject
    public KnownFiles(CatalogReading reading) {
        this.reading = reading;
    }

    /** Those of the files that the catalogue has and the caller may know of. */
    public Map<Lfn, KnownFile> find(Caller caller, Collection<Lfn> lfns) {
        Map<Lfn, List<Replica>> replicas = reading.replicas(caller, lfns, true).success();
        Map<Lfn, KnownFile> known = new LinkedHashMap<>();
        reading.entries(caller, lfns).success().forEach((lfn, entry) -> entry.file()
                .ifPresent(file -> known.put(
                        lfn,
                        new KnownFile(
                                file.size(),
                                file.checksums(),
                                file.guid(),
                                file.status(),
                                Objects.requireNonNullElse(replicas.get(lfn), List.of())))));
        return known;
    }

    public Optional<KnownFile> find(Caller caller, Lfn lfn) {
        return Optional.ofNullable(find(caller, List.of(lfn)).get(lfn));
    }
}
