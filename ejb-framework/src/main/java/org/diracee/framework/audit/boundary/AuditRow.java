/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

/**
 * A row of the audit log.
 *
 * @param act its name on the wire
 * @param times how many equal refusals it stands for
 */
public record AuditRow(
        AuditCursor place,
        String act,
        AuditOutcome outcome,
        int times,
        AuditActor actor,
        String target,
        RequestOrigin origin,
        String detail) {}
