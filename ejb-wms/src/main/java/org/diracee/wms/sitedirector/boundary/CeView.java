/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.List;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.ban.boundary.Ban;

/**
 * A computing element as the configuration describes it and the site director finds it.
 *
 * @param type picks the adapter; empty if the configuration does not say
 * @param bans those in force that the viewer may see
 */
public record CeView(SiteName site, String name, String type, List<Ban> bans, List<QueueView> queues) {

    public CeView {
        bans = List.copyOf(bans);
        queues = List.copyOf(queues);
    }
}
