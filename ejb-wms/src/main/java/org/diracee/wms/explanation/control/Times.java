/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and spans in sentences. */
final class Times {

    private Times() {}

    /** To the second, in UTC. */
    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** In the one unit that fits. */
    static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 120) {
            return Math.max(1, seconds) + " s";
        }
        return span.toMinutes() < 120
                ? span.toMinutes() + " minutes"
                : span.toHours() < 48 ? span.toHours() + " hours" : span.toDays() + " days";
    }
}
