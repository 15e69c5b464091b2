/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.time.Instant;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * What became of the pilots of a VO that were sent to a queue in an hour.
 *
 * @param hour its beginning
 * @param undecided those whose answer did not come; they are found again or given up later
 */
public record SubmissionCount(PilotSlot slot, VoName vo, Instant hour, long accepted, long refused, long undecided) {

    public long tried() {
        return accepted + refused + undecided;
    }

    /** Both together, under the names of this one. */
    public SubmissionCount plus(SubmissionCount other) {
        return new SubmissionCount(
                slot, vo, hour, accepted + other.accepted, refused + other.refused, undecided + other.undecided);
    }
}
