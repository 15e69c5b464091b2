/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import org.diracee.kernel.value.VoName;

/**
 * Pilots of a VO in a slot that have not ended.
 *
 * @param waiting not yet on a worker node
 * @param expectant not counted as waiting, started a moment ago and without a first job yet
 * @param running all others
 */
public record PilotCount(VoName vo, int waiting, int expectant, int running) {

    public int total() {
        return waiting + expectant + running;
    }
}
