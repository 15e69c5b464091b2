/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/** How much belongs to a user in a group. */
public record OwnerUsage(String owner, String group, CatalogUsage usage) {}
