/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

/** What a client is to do with a file at a storage element. */
public enum AccessPurpose {
    READ,
    /** Write what is not there yet. */
    CREATE
}
