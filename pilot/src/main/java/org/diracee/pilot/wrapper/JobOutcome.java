/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

/** How a job ended here. */
public sealed interface JobOutcome {

    /** Why it ended so; empty if that says all. */
    default String reason() {
        return "";
    }

    /** The outcome for people. */
    default String text() {
        return getClass().getSimpleName() + (reason().isEmpty() ? "" : ": " + reason());
    }

    record Done() implements JobOutcome {}

    record Failed(String reason) implements JobOutcome {}

    record Killed() implements JobOutcome {}

    record Rescheduled(String reason) implements JobOutcome {}

    /** The server had given it to another attempt. */
    record Dropped(String reason) implements JobOutcome {}

    /** It failed because of this worker node, not because of itself. */
    record HostFailure(String reason) implements JobOutcome {}
}
