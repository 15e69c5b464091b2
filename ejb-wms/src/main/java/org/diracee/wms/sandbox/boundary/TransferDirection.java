/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

/** Which way a signed link moves bytes; part of what is signed, so a link to read never writes. */
public enum TransferDirection {
    UPLOAD,
    DOWNLOAD
}
