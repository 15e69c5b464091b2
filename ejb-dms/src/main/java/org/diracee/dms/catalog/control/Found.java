/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.util.Optional;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.value.Lfn;

/**
 * What there is under a name.
 *
 * @param nearest the directory that it is in or would be in, or the next one above that there is; empty for the root
 */
public record Found(Lfn lfn, Optional<DirectoryRow> directory, Optional<FileRow> file, Optional<DirectoryRow> nearest) {

    static Found nothing(Lfn lfn) {
        return new Found(lfn, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean exists() {
        return directory.isPresent() || file.isPresent();
    }

    /** The directory that it is or would be in. */
    public Optional<DirectoryRow> parent() {
        return nearest.filter(directory -> lfn.parent().equals(Optional.of(directory.path())));
    }

    Optional<Ownership> ownership() {
        return directory.map(DirectoryRow::ownership).or(() -> file.map(FileRow::ownership));
    }
}
