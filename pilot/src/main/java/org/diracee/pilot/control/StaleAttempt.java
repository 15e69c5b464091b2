/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

/** The job has moved on to another attempt: this one has nothing more to say. */
public final class StaleAttempt extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleAttempt(String message) {
        super(message);
    }
}
