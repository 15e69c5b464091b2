/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Checksums;

/**
 * A file or directory as a storage element tells of it.
 *
 * @param name the last part of its path
 * @param size in bytes; 0 for a directory
 * @param checksums those that it keeps or told when asked; often none in a listing
 */
public record StoredEntry(String name, boolean directory, long size, Optional<Instant> modified, Checksums checksums) {}
