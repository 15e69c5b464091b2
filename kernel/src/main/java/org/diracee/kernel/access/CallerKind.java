/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

/** The kinds of callers, for declarations of access rules. */
public enum CallerKind {
    USER,
    PILOT,
    JOB,
    SYSTEM
}
