/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.util.Collection;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/**
 * Who may see and change which pilot.
 *
 * @see "DiracX REST reference 5, pilot policy"
 */
public final class PilotPolicy {

    private PilotPolicy() {}

    /** Members of the VO see its pilots, service administrators all; whoever is no more than a pilot sees none. */
    public static boolean maySee(Caller caller, VoName vo) {
        if (caller instanceof Caller.User user) {
            return user.has(Property.SERVICE_ADMINISTRATOR)
                    || user.vo().equals(vo) && !user.has(Property.GENERIC_PILOT);
        }
        return caller instanceof Caller.System;
    }

    /** Whether the caller may learn that a pilot of the VO exists; to others it is as if there were none. */
    public static boolean mayKnow(Caller caller, VoName vo) {
        return !(caller instanceof Caller.User user)
                || user.has(Property.SERVICE_ADMINISTRATOR)
                || user.vo().equals(vo);
    }

    /** Service administrators manage all pilots, generic pilots those of their VO. */
    public static boolean mayManage(Caller caller, VoName vo) {
        if (caller instanceof Caller.User user) {
            return user.has(Property.SERVICE_ADMINISTRATOR) || user.vo().equals(vo) && user.has(Property.GENERIC_PILOT);
        }
        return caller instanceof Caller.System;
    }

    /** Service administrators end any pilot, operators those of their VO. */
    public static boolean mayKill(Caller caller, VoName vo) {
        return caller instanceof Caller.User user
                && (user.has(Property.SERVICE_ADMINISTRATOR) || user.vo().equals(vo) && user.has(Property.OPERATOR));
    }

    /** A pilot speaks of itself alone, and a generic pilot of one stamp at a time. */
    public static void requireOneOrAdministrator(Caller caller, Collection<PilotStamp> stamps) {
        if (caller instanceof Caller.Pilot self) {
            if (stamps.stream().anyMatch(stamp -> !stamp.equals(self.stamp()))) {
                throw new Forbidden("A pilot may change itself alone");
            }
        } else if (caller instanceof Caller.User user
                && !user.has(Property.SERVICE_ADMINISTRATOR)
                && stamps.size() > 1) {
            throw new Forbidden("Only a ServiceAdministrator may change several pilots at once");
        }
    }
}
