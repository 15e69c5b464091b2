/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.Map;
import org.diracee.kernel.value.VoName;

/**
 * Decides how many pilots a queue gets: an institution's own way to schedule, as a bean that the site director finds by its name in the
 * option {@code PilotFactory}. Called in each round of a queue with free places, for several queues at a time. It has no say over the
 * limits: an answer that is negative, names a VO that the queue does not serve, or is above what may be sent is refused, and so is a
 * failure. Then that queue gets no pilots in this round, and its state says why; other queues do not notice. While it does not answer, the
 * queues of that computing element wait and no others; pilots that a limit no longer allows by then are not sent.
 */
public interface PilotFactory {

    /** How the configuration calls it. */
    String name();

    /** How many pilots each VO gets now; a VO that is left out gets none. */
    Map<VoName, Integer> plan(QueueDemand demand);
}
