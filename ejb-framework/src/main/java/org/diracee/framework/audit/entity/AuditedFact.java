/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.entity;

import java.time.Instant;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.kernel.access.Credential;

/**
 * An act with where and when it happened.
 *
 * @param times how many equal ones it stands for
 */
public record AuditedFact(AuditedAct act, RequestOrigin origin, Instant at, int times) {

    public static AuditedFact of(AuditedAct act, RequestOrigin origin, Instant at) {
        return new AuditedFact(
                new AuditedAct(act.act(), fitting(act.actor()), act.outcome(), act.target(), act.detail()),
                new RequestOrigin(
                        AuditedAct.shortened(origin.address(), 64), AuditedAct.shortened(origin.requestId(), 64)),
                at,
                1);
    }

    /** The same as its columns take it: what strangers claim may be of any length. */
    private static AuditActor fitting(AuditActor actor) {
        Credential shown = actor.credential();
        return new AuditActor(
                AuditedAct.shortened(actor.identity(), 512),
                AuditedAct.shortened(actor.username(), 64),
                AuditedAct.shortened(actor.group(), 128),
                AuditedAct.shortened(actor.vo(), 32),
                new Credential(
                        shown.kind(),
                        AuditedAct.shortened(shown.id(), 1024),
                        shown.actor().map(client -> AuditedAct.shortened(client, 255))));
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
