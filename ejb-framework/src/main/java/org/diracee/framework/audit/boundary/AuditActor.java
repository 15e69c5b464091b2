/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.value.VoName;

/**
 * Who did what is audited, as far as it is known: somebody who only tries to log in is no caller yet.
 *
 * @param identity as {@link Caller#identity()} says; empty if nobody is known
 * @param username empty if it is not known
 * @param group empty if it is not known
 * @param vo the VO whose administrators may see the act; empty if it concerns none that is known
 */
public record AuditActor(String identity, String username, String group, String vo, Credential credential) {

    /** Nobody who is known. */
    public static final AuditActor UNKNOWN = new AuditActor("", "", "", "", Credential.NONE);

    /** Pilots and jobs show tokens of ours and nothing else. */
    private static final Credential TOKEN = Credential.of(CredentialKind.ACCESS_TOKEN, "");

    public static AuditActor of(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user(
                            user.vo(),
                            user.subject(),
                            user.username().text(),
                            user.group().text())
                    .with(user.credential());
        }
        if (caller instanceof Caller.Pilot pilot) {
            return new AuditActor(pilot.identity(), "", "", pilot.vo().text(), TOKEN);
        }
        if (caller instanceof Caller.Job job) {
            return new AuditActor(
                    job.identity(),
                    job.owner().text(),
                    job.ownerGroup().text(),
                    job.vo().text(),
                    TOKEN);
        }
        return new AuditActor(caller.identity(), "", "", "", Credential.NONE);
    }

    /** Somebody of this VO, who is not known yet. */
    public static AuditActor somebodyOf(VoName vo) {
        return new AuditActor("", "", "", vo.text(), Credential.NONE);
    }

    /** Somebody who claims this name in this VO. */
    public static AuditActor claiming(VoName vo, String username) {
        return new AuditActor("", username, "", vo.text(), Credential.NONE);
    }

    /** A user who is known, but not a caller. */
    public static AuditActor user(VoName vo, String subject, String username, String group) {
        return new AuditActor("user:" + vo + ":" + subject, username, group, vo.text(), Credential.NONE);
    }

    /** Whether it is somebody, not only who claims to be. */
    public boolean isKnown() {
        return !identity.isEmpty();
    }

    /** The same with what was shown. */
    public AuditActor with(Credential shown) {
        return new AuditActor(identity, username, group, vo, shown);
    }
}
