/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

/** How much of a file has arrived, in bytes. */
public record UploadProgress(long offset, long size) {}
