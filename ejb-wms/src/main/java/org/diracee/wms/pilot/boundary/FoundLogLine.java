/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.value.PilotStamp;

/**
 * A line that a search in the logs of pilots found.
 *
 * @param sequence grows with the order in which lines came; a later search goes on after it
 */
public record FoundLogLine(long sequence, PilotStamp pilot, PilotLogLine line) {}
