/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.value.SiteName;

/** The queue of a computing element at a site, where pilots run. */
public record PilotSlot(SiteName site, String computingElement, String queue) {
    @Override
    public String toString() {
        return site + "/" + computingElement + "/" + queue;
    }
}
