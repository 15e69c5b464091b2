/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

/** What became of an act. */
public enum AuditOutcome {
    DONE,
    REFUSED
}
