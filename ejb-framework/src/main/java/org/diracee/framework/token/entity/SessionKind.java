/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

/** Whose session a refresh token continues. */
public enum SessionKind {
    USER,
    PILOT
}
