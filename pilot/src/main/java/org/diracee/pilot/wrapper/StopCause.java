/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

/** Why a job is ended from outside before its payload ends by itself. */
public sealed interface StopCause {

    /** A user or administrator killed it. */
    record KilledByUser() implements StopCause {}

    /** The server has given the job to another attempt, or takes no reports of this one. */
    record Disowned(String reason) implements StopCause {}

    /** The site takes the slot back. */
    record SlotTaken(String reason) implements StopCause {}
}
