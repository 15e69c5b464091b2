/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

/**
 * What is done with a storage element; the configuration allows each.
 *
 * @see "DMS reference 4.2"
 */
public enum StorageUse {
    READ("reads"),
    WRITE("writes"),
    REMOVE("removals"),
    CHECK("checks");

    private final String words;

    StorageUse(String words) {
        this.words = words;
    }

    /** As messages name it. */
    public String words() {
        return words;
    }
}
