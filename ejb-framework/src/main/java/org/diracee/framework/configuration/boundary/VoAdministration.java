/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import org.diracee.framework.configuration.control.EditingSettings;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;

/** Whom a VO has made its administrators. */
public final class VoAdministration {

    private VoAdministration() {}

    /** Whether the user, in the group it acts in, is named in {@code VOAdmin} or {@code VOAdminGroup} of its VO. */
    public static boolean administersVo(Caller.User user, Configuration configuration) {
        return EditingSettings.administersVo(user, configuration);
    }
}
