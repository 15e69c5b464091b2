/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where a pilot stands. Computing elements and pilots report it freely; only a final status is not left again.
 *
 * @see "WMS reference 11.1"
 */
public enum PilotStatus {
    SUBMITTED("Submitted", Phase.WAITING),
    WAITING("Waiting", Phase.WAITING),
    RUNNING("Running", Phase.ACTIVE),
    DONE("Done", Phase.FINAL),
    FAILED("Failed", Phase.FINAL),
    DELETED("Deleted", Phase.FINAL),
    ABORTED("Aborted", Phase.FINAL),
    UNKNOWN("Unknown", Phase.ACTIVE);

    private enum Phase {
        WAITING,
        ACTIVE,
        FINAL
    }

    private final String wireName;
    private final Phase phase;

    PilotStatus(String wireName, Phase phase) {
        this.wireName = wireName;
        this.phase = phase;
    }

    public String wireName() {
        return wireName;
    }

    /** Not yet on a worker node. */
    public boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    public boolean isFinal() {
        return phase == Phase.FINAL;
    }

    public static Optional<PilotStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName.equals(name))
                .findFirst();
    }
}
