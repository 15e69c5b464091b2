/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.time.Duration;
import org.diracee.cli.CommandFailure;

/** Spans in hours, as options give them and people read them. */
final class Lifetimes {

    private static final int MOST_HOURS = 10 * 365 * 24;

    private Lifetimes() {}

    static Duration hours(String option, int hours) {
        if (hours < 1 || hours > MOST_HOURS) {
            throw CommandFailure.usage(option + " " + hours + ": hours from 1 to " + MOST_HOURS + " are allowed.");
        }
        return Duration.ofHours(hours);
    }

    static String text(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return "over";
        }
        return left.toDays() > 2
                ? left.toDays() + " days"
                : "%d h %02d min".formatted(left.toHours(), left.toMinutesPart());
    }
}
