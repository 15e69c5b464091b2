/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

/**
 * How well a site or computing element does with its pilots.
 *
 * @see "WMS reference 11.2"
 */
public enum PilotRating {
    BAD("Bad"),
    POOR("Poor"),
    FAIR("Fair"),
    GOOD("Good"),
    /** Too few pilots to tell. */
    IDLE("Idle");

    /** With no more pilots than this nothing is said. */
    private static final long FEW = 10;

    private static final double BAD_BELOW = 25;
    private static final double POOR_BELOW = 60;
    private static final double FAIR_BELOW = 85;

    private final String wireName;

    PilotRating(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** @param efficiency in percent */
    static PilotRating of(long pilots, double efficiency) {
        if (pilots <= FEW) {
            return IDLE;
        }
        if (efficiency < BAD_BELOW) {
            return BAD;
        }
        if (efficiency < POOR_BELOW) {
            return POOR;
        }
        return efficiency < FAIR_BELOW ? FAIR : GOOD;
    }
}
