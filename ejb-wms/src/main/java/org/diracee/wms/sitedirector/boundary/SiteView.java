/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.List;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.ban.boundary.Ban;

/**
 * A site as the configuration describes it and the site director finds it.
 *
 * @param bans those in force that the viewer may see
 */
public record SiteView(SiteName name, boolean suspended, List<Ban> bans, List<CeView> computingElements) {

    public SiteView {
        bans = List.copyOf(bans);
        computingElements = List.copyOf(computingElements);
    }
}
