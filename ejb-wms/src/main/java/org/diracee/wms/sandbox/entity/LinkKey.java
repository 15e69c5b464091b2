/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.entity;

/** A key that signs links to sandboxes. */
public record LinkKey(long id, byte[] secret) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "link key " + id;
    }
}
