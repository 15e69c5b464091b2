/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

/** Whether a refresh token can still be used. */
public enum RefreshTokenStatus {
    CREATED,
    /** Rotated away, logged out, or taken back. */
    REVOKED
}
