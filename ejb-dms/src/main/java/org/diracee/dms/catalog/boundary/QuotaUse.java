/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

/** A quota, and how much of it is used. */
public record QuotaUse(Quota quota, CatalogUse.Amount used) {}
