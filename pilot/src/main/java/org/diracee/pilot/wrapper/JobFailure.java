/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

/** A reason for which a job ends as Failed: the minor status, and a sentence that becomes its application status. */
final class JobFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final MinorStatus minorStatus;
    private final String reason;

    JobFailure(MinorStatus minorStatus, String reason) {
        super(reason);
        this.minorStatus = minorStatus;
        this.reason = reason;
    }

    MinorStatus minorStatus() {
        return minorStatus;
    }

    String reason() {
        return reason;
    }
}
