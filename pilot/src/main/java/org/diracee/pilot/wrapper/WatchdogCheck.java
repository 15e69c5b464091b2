/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

/**
 * What a watchdog looks at and ends a payload for, unless it is told to warn only.
 *
 * @see "WMS reference 13.3"
 */
public enum WatchdogCheck {
    WALL_CLOCK("wall-clock"),
    TIME_LEFT("time-left"),
    CPU_LIMIT("cpu-limit"),
    CPU_RATIO("cpu-ratio"),
    MEMORY("memory"),
    PROCESSES("processes"),
    DISK_SPACE("disk-space");

    private final String text;

    WatchdogCheck(String text) {
        this.text = text;
    }

    /** Returns its name on the command line. */
    @Override
    public String toString() {
        return text;
    }
}
