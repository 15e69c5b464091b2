/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * How the site director last found a queue.
 *
 * @param lastRound the last round that came to its end, well or not
 * @param freePlaces what the limits left then
 * @param failures rounds that failed in a row; 0 if the last did not
 * @param failed when the last that failed did, however long ago
 * @param failure and why
 * @param nextTry until about when it is left alone
 * @param lastSubmission when it took a pilot last
 */
public record QueueState(
        PilotSlot slot,
        Instant lastRound,
        int freePlaces,
        int failures,
        Optional<Instant> failed,
        Optional<String> failure,
        Optional<Instant> nextTry,
        Optional<Instant> lastSubmission) {}
