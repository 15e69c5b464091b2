/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;

/** A file as stored. */
public record FileRow(
        long id,
        long directory,
        Lfn lfn,
        long size,
        Checksums checksums,
        UUID guid,
        Ownership ownership,
        CatalogStatus status,
        Optional<JobId> job,
        Instant created,
        Instant modified) {}
