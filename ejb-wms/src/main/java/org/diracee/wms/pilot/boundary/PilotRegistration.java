/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.Optional;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;

/**
 * A pilot that was submitted by other means and makes itself known.
 *
 * @param gridType kind of the computing element, by custom {@code DIRAC} if unknown
 * @param gridSite the site
 * @param destinationSite the computing element
 * @param reference how the computing element calls the pilot
 */
public record PilotRegistration(
        PilotStamp stamp,
        VoName vo,
        String gridType,
        String gridSite,
        String destinationSite,
        Optional<String> reference,
        PilotStatus status) {}
