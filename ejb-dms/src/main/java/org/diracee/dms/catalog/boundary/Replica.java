/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Optional;
import org.diracee.kernel.value.SeName;

/**
 * A copy of a file at a storage element.
 *
 * @param pfn its name there, if that is not the LFN below the storage element's path
 */
public record Replica(SeName se, CatalogStatus status, boolean master, Optional<String> pfn) {}
