/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.diracee.kernel.value.InvalidValue;

/** Text form of instants on the wire: ISO-8601 in UTC, written with {@code Z}, read with any offset but never without. */
public final class Timestamps {

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    /** The jobs of a sweep have all the same time; written anew for each, it was an eighth of what submissions allocated. */
    private static volatile Written latest =
            new Written(Instant.EPOCH, DateTimeFormatter.ISO_INSTANT.format(Instant.EPOCH));

    private Timestamps() {}

    /** The instant in microseconds, as the database keeps it. */
    public static String text(Instant instant) {
        Written known = latest;
        if (!known.instant.equals(instant)) {
            known = new Written(instant, DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.MICROS)));
            latest = known;
        }
        return known.text;
    }

    /** @throws InvalidValue unless the text is a time with its offset from UTC */
    public static Instant parse(String text) {
        String form =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        try {
            return OffsetDateTime.parse(form, WITH_OFFSET).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException notATime) {
            throw new InvalidValue("time", text, "ISO-8601 with an offset, for instance 2026-11-22T14:30:05Z");
        }
    }

    private record Written(Instant instant, String text) {}
}
