/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/** Space in bytes. */
public record StorageSpaceRecord(long total, long free) {}
