/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

/** An act for the audit log that was done for a request which another thread serves. */
public record AuditedOfRequest(RequestOrigin origin, AuditedAct act) {}
