/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.Optional;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.NewFile;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * A file that somebody wants to upload and register.
 *
 * @param se where to; unless given the first of the VO's that takes it
 * @param size in bytes
 * @param guid unless given one is made
 */
public record FileOffer(Lfn lfn, Optional<SeName> se, long size, Checksums checksums, Optional<UUID> guid) {

    /** @throws InvalidRequest if the size is negative or too large */
    public FileOffer {
        if (size < 0 || size > NewFile.LARGEST) {
            throw new InvalidRequest("The size of " + lfn + " is " + size + ": allowed is 0 to " + NewFile.LARGEST);
        }
    }
}
