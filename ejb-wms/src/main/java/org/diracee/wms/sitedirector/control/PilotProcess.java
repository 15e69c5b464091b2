/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

/** What a computing element knows of a pilot it took. */
public sealed interface PilotProcess {

    /** Taken, not yet on a worker node. */
    record Waiting() implements PilotProcess {}

    record Running() implements PilotProcess {}

    /** Ended by itself; {@code lastWords} are the last lines it wrote to standard error. */
    record Ended(int exitCode, String lastWords) implements PilotProcess {}

    /** Gone without an exit code: killed, or its machine went down. */
    record Vanished(String reason, String lastWords) implements PilotProcess {}

    /** The computing element cannot tell for now, for instance as the pilot runs on another host. */
    record Unknown(String reason) implements PilotProcess {}
}
