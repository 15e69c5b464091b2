/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

/** The space of a storage element for a VO, in bytes. */
public record StorageSpace(long total, long free) {}
