/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.sitedirector.control.CeQueue;

/** Queues for tests. */
public final class CeQueues {

    private CeQueues() {}

    public static CeQueue local(Map<String, String> options) {
        return queue("ce1", "Local", 4, 4, options);
    }

    public static CeQueue queue(String ce, String type, int maxTotal, int maxWaiting, Map<String, String> options) {
        return new CeQueue(
                new PilotSlot(new SiteName("DIRAC.Local.test"), ce, "default"),
                type,
                Optional.empty(),
                Duration.ofHours(1),
                maxTotal,
                maxWaiting,
                Optional.of(2),
                Optional.empty(),
                List.of("tagged", "needed"),
                List.of("needed"),
                List.of(),
                options);
    }
}
