/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

/** What a token for storage allows to be done with a path and all below it. @see "WLCG Common JWT Profiles 1.0" */
public enum StorageAction {
    READ("storage.read"),
    /** Write what is not there yet. */
    CREATE("storage.create"),
    /** Write, overwrite and remove. */
    MODIFY("storage.modify"),
    /** Have it brought from tape. */
    STAGE("storage.stage");

    private final String word;

    StorageAction(String word) {
        this.word = word;
    }

    /** Its word in scopes. */
    public String word() {
        return word;
    }

    /** Whether who may do this may do the other. */
    boolean includes(StorageAction other) {
        return this == other || this == MODIFY && other == CREATE;
    }
}
