/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

/** What the caller may do with a path; of one that does not exist, with the nearest directory above it that does. */
public record EffectiveAccess(boolean read, boolean write, boolean execute) {}
