/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import java.util.List;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.kernel.value.SeName;

/** A file as the catalogue has it, with all its replicas. */
public record KnownFile(long size, Checksums checksums, UUID guid, CatalogStatus status, List<Replica> replicas) {

    public KnownFile {
        replicas = List.copyOf(replicas);
    }

    public boolean isGood() {
        return status == CatalogStatus.APRIORI_GOOD;
    }

    /** Whether it is the file that an operation is about, and not another that has got its name since. */
    public boolean isOf(Plan plan) {
        return plan.guid().map(guid::equals).orElse(true);
    }

    /** Where good replicas are, the master first. */
    public List<SeName> good() {
        return replicas.stream()
                .filter(replica -> replica.status() == CatalogStatus.APRIORI_GOOD)
                .map(Replica::se)
                .toList();
    }
}
