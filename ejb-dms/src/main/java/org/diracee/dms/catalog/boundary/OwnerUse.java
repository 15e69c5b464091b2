/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

/** How much belongs to a user in a group. */
public record OwnerUse(String owner, String group, CatalogUse use) {}
