/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;

/**
 * A file or directory with what the catalogue knows of it.
 *
 * @param file what only a file has; empty for a directory
 * @param defaultAcl of a directory: what is made in it begins with this list
 */
public record CatalogEntry(
        Lfn lfn, Optional<FileFacts> file, Ownership ownership, Acl defaultAcl, Instant created, Instant modified) {

    /**
     * What a file has and a directory has not.
     *
     * @param job the job that made it
     * @param replicas those that are shown; of none unless they were asked for
     */
    public record FileFacts(
            long size,
            Checksums checksums,
            UUID guid,
            CatalogStatus status,
            Optional<JobId> job,
            List<Replica> replicas) {
        public FileFacts {
            replicas = List.copyOf(replicas);
        }
    }

    static CatalogEntry of(DirectoryRow row) {
        return new CatalogEntry(
                row.path(), Optional.empty(), row.ownership(), row.defaultAcl(), row.created(), row.modified());
    }

    static CatalogEntry of(FileRow row, List<Replica> shown) {
        return new CatalogEntry(
                row.lfn(),
                Optional.of(new FileFacts(row.size(), row.checksums(), row.guid(), row.status(), row.job(), shown)),
                row.ownership(),
                Acl.NONE,
                row.created(),
                row.modified());
    }
}
