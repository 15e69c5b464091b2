/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * When users are told that a stored proxy ends.
 *
 * @param days before the end
 */
public record ExpiryWarnings(List<Integer> days) {

    public ExpiryWarnings {
        days = List.copyOf(days);
    }

    /**
     * The last of the days that was reached; empty if none was. A proxy that was stored for less than so many days did not reach
     * them: its user knows.
     */
    public OptionalInt reached(Instant stored, Instant expires, Instant now) {
        return days.stream()
                .mapToInt(Integer::intValue)
                .filter(day -> {
                    Instant mark = expires.minus(Duration.ofDays(day));
                    return stored.isBefore(mark) && !now.isBefore(mark) && now.isBefore(expires);
                })
                .min();
    }

    /** The longest time before the end at which somebody is warned. */
    public Duration longest() {
        return Duration.ofDays(days.stream().mapToInt(Integer::intValue).max().orElse(0));
    }
}
