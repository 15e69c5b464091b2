/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.diracee.client.wire.Timestamps;

/** Times as their reader wants them: a person in the own zone to the second, a program in UTC. */
public record Times(ZoneId zone, boolean terminal) {

    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    public String text(Instant time) {
        return terminal ? FOR_PEOPLE.format(time.truncatedTo(ChronoUnit.SECONDS).atZone(zone)) : Timestamps.text(time);
    }

    /** Returns the wire's text of a time in this form; anything else as it is. */
    public String text(String wireTime) {
        try {
            return text(Timestamps.parse(wireTime));
        } catch (org.diracee.kernel.value.InvalidValue notATime) {
            return wireTime;
        }
    }
}
