/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.value.PilotStamp;

/**
 * News that a pilot became final: whatever it ran runs no more. Fired in the transaction of the change; observers listen
 * after its success.
 */
public record PilotEnded(PilotStamp stamp) {}
