/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;

/** Where an operation on data is. What is open keeps every other operation from its place. */
public enum DataOperationState {
    /** Of an upload: for the client. Of the others: for somebody to take it up, perhaps again. */
    WAITING("Waiting"),
    RUNNING("Running"),
    /** It has failed, and what it may have left at the storage element is being removed. */
    CLEANING("Cleaning"),
    DONE("Done"),
    FAILED("Failed"),
    EXPIRED("Expired"),
    CANCELLED("Cancelled");

    private final String text;

    DataOperationState(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isOpen() {
        return this == WAITING || this == RUNNING || this == CLEANING;
    }

    /** Whether an operation may go from this state to that one. Cleaning begins anew when what came late may be there. */
    public boolean allows(DataOperationState next) {
        Set<DataOperationState> allowed =
                switch (this) {
                    case WAITING, RUNNING -> EnumSet.allOf(DataOperationState.class);
                    case CLEANING -> EnumSet.of(CLEANING, DONE, FAILED, EXPIRED, CANCELLED);
                    case DONE, FAILED, EXPIRED, CANCELLED -> EnumSet.of(this, CLEANING);
                };
        return allowed.contains(next);
    }

    /** @throws InvalidRequest if there is no such state */
    public static DataOperationState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("'" + text + "' is no state of an operation: allowed are "
                        + Arrays.stream(values()).map(DataOperationState::text).collect(Collectors.joining(", "))));
    }
}
