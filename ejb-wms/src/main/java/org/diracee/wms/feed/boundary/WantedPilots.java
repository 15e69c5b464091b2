/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotStatus;

/** Of which of the pilots that a caller may see it wants to read changes; an empty set and an empty option want all. */
public record WantedPilots(
        Set<PilotStamp> pilots,
        Set<String> sites,
        Set<String> computingElements,
        Set<PilotStatus> statuses,
        Optional<VoName> vo) {

    public WantedPilots {
        pilots = Set.copyOf(pilots);
        sites = Set.copyOf(sites);
        computingElements = Set.copyOf(computingElements);
        statuses = Set.copyOf(statuses);
    }
}
