/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

/** How an operation stands. */
public enum OperationState {
    /** Nothing has been done yet. */
    WAITING("Waiting"),
    RUNNING("Running"),
    /** It has dealt with every job, though some may have failed. */
    DONE("Done"),
    /** Somebody stopped it; what was done stays done. */
    CANCELLED("Cancelled"),
    /** It cannot go on, and says why. */
    STOPPED("Stopped");

    private final String text;

    OperationState(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isEnded() {
        return this == DONE || this == CANCELLED || this == STOPPED;
    }

    /** @throws IllegalArgumentException unless it is one of the words */
    public static OperationState parse(String text) {
        for (OperationState state : values()) {
            if (state.text.equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException("No state of an operation: " + text);
    }
}
