/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.supply.boundary;

import java.time.Instant;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * What a pilot has described.
 *
 * @param description the one with the most CPU time of the last hour in which one was seen: what is left of a pilot's time says little
 * @param lastSeen when a pilot of this computing element asked for jobs last
 */
public record SeenResource(ResourceDescription description, Instant lastSeen) {}
