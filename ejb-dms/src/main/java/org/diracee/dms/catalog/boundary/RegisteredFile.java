/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.UUID;

/**
 * A file that is registered as asked.
 *
 * @param made whether this call did it; otherwise it was so before
 */
public record RegisteredFile(UUID guid, boolean made) {}
