/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/** What the caller may do with a path. */
public record CatalogAccess(boolean read, boolean write, boolean execute) {}
