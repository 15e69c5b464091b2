/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import java.time.Instant;
import java.util.Optional;

/**
 * What is looked for in the audit log; all that is given must hold.
 *
 * @param until before this time
 * @param actor as {@link org.diracee.kernel.access.Caller#identity()} says
 * @param credential the {@code jti} of a token or the DN of a certificate, shown or given out
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> vo,
        Optional<String> username,
        Optional<String> actor,
        Optional<AuditAct> act,
        Optional<AuditOutcome> outcome,
        Optional<String> target,
        Optional<String> credential,
        Optional<String> address,
        Optional<String> requestId) {

    /** Everything. */
    public static final AuditQuery ALL = new AuditQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same, of one VO only. */
    public AuditQuery ofVo(String only) {
        return new AuditQuery(
                from, until, Optional.of(only), username, actor, act, outcome, target, credential, address, requestId);
    }

    /** The same, of one user name only. */
    public AuditQuery ofUser(String only) {
        return new AuditQuery(
                from, until, vo, Optional.of(only), actor, act, outcome, target, credential, address, requestId);
    }

    /** The same, acts of this kind only. */
    public AuditQuery ofAct(AuditAct only) {
        return new AuditQuery(
                from, until, vo, username, actor, Optional.of(only), outcome, target, credential, address, requestId);
    }

    /** The same, of what was done to this only. */
    public AuditQuery onTarget(String only) {
        return new AuditQuery(
                from, until, vo, username, actor, act, outcome, Optional.of(only), credential, address, requestId);
    }

    /** The same, from this address only. */
    public AuditQuery from(String only) {
        return new AuditQuery(
                from, until, vo, username, actor, act, outcome, target, credential, Optional.of(only), requestId);
    }

    /** The same, within this time only. */
    public AuditQuery within(Instant begin, Instant end) {
        return new AuditQuery(
                Optional.of(begin),
                Optional.of(end),
                vo,
                username,
                actor,
                act,
                outcome,
                target,
                credential,
                address,
                requestId);
    }
}
