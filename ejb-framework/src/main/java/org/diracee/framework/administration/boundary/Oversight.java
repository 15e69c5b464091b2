/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.administration.boundary;

import java.util.Optional;
import org.diracee.framework.configuration.boundary.VoAdministration;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.VoName;

/**
 * Over whom a caller watches: a ServiceAdministrator over the whole installation; an Operator, a UserManager, and whom the VO names in
 * {@code VOAdmin} or {@code VOAdminGroup}, over their VO.
 *
 * @param vo empty: over all
 */
public record Oversight(Caller.User user, Optional<VoName> vo) {

    /** @throws Forbidden if the caller watches over nobody */
    public static Oversight of(Caller caller, Configuration configuration) {
        if (caller instanceof Caller.User user) {
            if (user.has(Property.SERVICE_ADMINISTRATOR)) {
                return new Oversight(user, Optional.empty());
            }
            if (user.has(Property.OPERATOR)
                    || user.has(Property.USER_MANAGER)
                    || VoAdministration.administersVo(user, configuration)) {
                return new Oversight(user, Optional.of(user.vo()));
            }
        }
        throw new Forbidden("This needs the property ServiceAdministrator; or, for one's own VO, Operator, UserManager,"
                + " or being named in its VOAdmin or VOAdminGroup");
    }

    public boolean everywhere() {
        return vo.isEmpty();
    }

    /** Whether it covers the VO of this name. */
    public boolean coversName(String other) {
        return vo.isEmpty() || vo.get().text().equals(other);
    }

    /** Whether it covers this VO. */
    public boolean covers(VoName other) {
        return vo.isEmpty() || vo.get().equals(other);
    }
}
