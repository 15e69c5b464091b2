/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

/**
 * One act for the audit log.
 *
 * @param target what it was done to: a user, job, pilot, session, revision
 * @param detail a few words that help to understand it. Never a secret
 */
public record AuditedAct(AuditAct act, AuditActor actor, AuditOutcome outcome, String target, String detail) {

    static final int LONGEST_TARGET = 512;
    static final int LONGEST_DETAIL = 1000;

    public AuditedAct {
        target = shortened(target, LONGEST_TARGET);
        detail = shortened(detail, LONGEST_DETAIL);
    }

    public static AuditedAct done(AuditAct act, AuditActor actor, String target, String detail) {
        return new AuditedAct(act, actor, AuditOutcome.DONE, target, detail);
    }

    public static AuditedAct refused(AuditAct act, AuditActor actor, String target, String detail) {
        return new AuditedAct(act, actor, AuditOutcome.REFUSED, target, detail);
    }

    /** Texts of strangers may hold what the database takes not at all. */
    public static String shortened(String text, int longest) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= longest ? clean : clean.substring(0, longest - 1) + "…";
    }
}
