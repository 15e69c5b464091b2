/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.entity;

import java.time.Instant;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;

/**
 * An act with where and when it happened.
 *
 * @param times how many equal ones it stands for
 */
public record AuditedFact(AuditedAct act, RequestOrigin origin, Instant at, int times) {

    public static AuditedFact of(AuditedAct act, RequestOrigin origin, Instant at) {
        return new AuditedFact(act, origin, at, 1);
    }

    /** What makes two refusals equal: all but time and request. */
    public Object key() {
        return new Key(act, origin.address());
    }

    public AuditedFact again() {
        return new AuditedFact(act, origin, at, times + 1);
    }

    private record Key(AuditedAct act, String address) {}
}
