/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

/** Why a pilot ended, and whether that is as it should be. */
record PilotEnd(String reason, boolean isOrderly) {

    static PilotEnd orderly(String reason) {
        return new PilotEnd(reason, true);
    }

    static PilotEnd failed(String reason) {
        return new PilotEnd(reason, false);
    }
}
