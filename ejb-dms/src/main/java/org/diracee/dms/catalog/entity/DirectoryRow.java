/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import java.time.Instant;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.kernel.value.Lfn;

/** A directory as stored. */
public record DirectoryRow(long id, Lfn path, Ownership ownership, Acl defaultAcl, Instant created, Instant modified) {}
