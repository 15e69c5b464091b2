/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.util.Set;
import org.diracee.framework.configuration.control.EditingRights;
import org.diracee.framework.configuration.control.EditingSettings;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;

/** Whom a VO has made its administrators, and what they cannot give. */
public final class VoAdministration {

    private VoAdministration() {}

    /** Whether the user, in the group it acts in, is named in {@code VOAdmin} or {@code VOAdminGroup} of its VO. */
    public static boolean administersVo(Caller.User user, Configuration configuration) {
        return EditingSettings.administersVo(user, configuration);
    }

    /** Whether one of the properties gives rights beyond a VO, so that its administrators give it to nobody. */
    public static boolean reachBeyondVo(Set<Property> properties) {
        return properties.stream().anyMatch(EditingRights::reachesBeyondVo);
    }
}
