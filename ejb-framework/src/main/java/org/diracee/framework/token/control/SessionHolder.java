/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/** Tells whom the audit log names for a session. */
public final class SessionHolder {

    private SessionHolder() {}

    public static AuditActor of(RefreshToken token) {
        VoName vo = new VoName(token.vo());
        return switch (token.kind()) {
            case USER -> AuditActor.user(vo, token.subject(), "", "");
            case PILOT -> AuditActor.of(new Caller.Pilot(new PilotStamp(token.subject()), vo));
        };
    }
}
