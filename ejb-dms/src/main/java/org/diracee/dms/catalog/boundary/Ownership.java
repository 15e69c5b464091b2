/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

/**
 * Whom a file or directory belongs to, in the VO of its path, and what who may do with it.
 *
 * @param owner name of the user; {@link #NOBODY} for what the catalogue itself has made
 * @param mode nine bits: owner, group, others of the VO
 */
public record Ownership(String owner, String group, int mode, Acl acl) {

    /** No user and no group can have this name. */
    public static final String NOBODY = "-";
}
