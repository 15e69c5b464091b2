/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.util.Optional;
import org.diracee.kernel.value.Lfn;

/**
 * A value that counts for a file or directory.
 *
 * @param type empty if the field is not declared, so that nobody can search for it
 * @param origin where it is written: there, or a directory above
 */
public record MetadataItem(MetadataValue value, Optional<FieldType> type, Lfn origin) {}
