/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import org.diracee.dms.catalog.boundary.Access;

/**
 * What one may want of the catalogue, and which right on what that takes. Where the reference lets everybody who may write change the
 * mode, only the owner may here: with access lists that would let strangers in.
 *
 * @see "DMS reference 3.4, VOMS manager policies"
 */
public enum CatalogOperation {
    MAKE(Target.NEAREST_DIRECTORY, Access.WRITE),
    REMOVE(Target.PARENT, Access.WRITE),
    CHANGE_FILE(Target.ITSELF, Access.WRITE),
    LIST(Target.ITSELF, Access.READ),
    READ_REPLICAS(Target.ITSELF, Access.READ),
    READ_ENTRY(Target.PARENT_OR_ITSELF, Access.READ),
    CHANGE_MODE(Target.OWNER, Access.WRITE),
    CHANGE_OWNER(Target.NOTHING, Access.WRITE);

    /** Whose mode and access list count. */
    enum Target {
        ITSELF,
        PARENT,
        /** A directory may also be seen by those whom only its own list lets in. */
        PARENT_OR_ITSELF,
        NEAREST_DIRECTORY,
        /** None: it takes being the owner. */
        OWNER,
        /** None: it takes standing above all. */
        NOTHING
    }

    private final Target target;
    private final Access access;

    CatalogOperation(Target target, Access access) {
        this.target = target;
        this.access = access;
    }

    Target target() {
        return target;
    }

    Access access() {
        return access;
    }
}
