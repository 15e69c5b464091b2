/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotStatus;

/**
 * How many pilots of a VO ended in one way.
 *
 * @param withoutJob those of them that got no job
 */
public record EndedPilots(VoName vo, PilotStatus status, long pilots, long withoutJob) {}
