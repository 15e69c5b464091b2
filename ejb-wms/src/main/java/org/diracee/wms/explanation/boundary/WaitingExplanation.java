/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a job waits.
 *
 * @param reason the strongest one
 * @param estimate how long it still waits if all goes on as in the last hour; absent if nothing tells
 */
public record WaitingExplanation(
        Reason reason, QueueStanding queue, ResourceChecks resources, Optional<Duration> estimate) {

    /** Reasons for waiting, the strongest first. */
    public enum Reason {
        /** The owner is suspended. */
        OWNER_HELD,
        /** Nothing is known of any resource. */
        NO_RESOURCE,
        /** No known resource meets its requirements. */
        NOTHING_FITS,
        /** What fits is suspended. */
        SUSPENDED,
        /** What fits is banned. */
        BANNED,
        /** The owner, the group or the VO has as many jobs with pilots as it may. */
        QUOTA,
        /** What fits has reached a limit, or is delayed. */
        LIMIT,
        /** What fits has no pilot that asks. */
        NO_PILOT,
        /** It is not its turn yet. */
        TURN
    }
}
