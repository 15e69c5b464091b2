/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import org.diracee.kernel.value.PilotStamp;

/** What became of one pilot that a computing element was asked to start. */
public sealed interface SubmissionOutcome {

    PilotStamp stamp();

    /** @param reference how the computing element calls the pilot from now on */
    record Accepted(PilotStamp stamp, String reference) implements SubmissionOutcome {}

    /** Nothing was started. */
    record Refused(PilotStamp stamp, String reason) implements SubmissionOutcome {}

    /** Whether it was started is not known, as the answer did not come; {@link ComputingElement#find} tells later. */
    record Undecided(PilotStamp stamp, String reason) implements SubmissionOutcome {}
}
