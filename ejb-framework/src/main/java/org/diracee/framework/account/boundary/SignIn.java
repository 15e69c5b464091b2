/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.boundary;

/** What became of an attempt to sign in with a password. */
public enum SignIn {
    RIGHT,
    WRONG,
    /** Not even tried: too many wrong passwords before. */
    TOO_MANY_FAILURES,
    /** Not tried: too many others sign in at this moment. */
    BUSY,
    /** This installation has no local accounts. */
    OFF
}
