/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.wms.job.entity.JobCondition.Period;

/**
 * Reads times as searches write them: each stands for the period that its precision leaves open, {@code 2026-08} for
 * the whole month. Fractions of a second are read and stand for the second.
 *
 * @see "DiracX REST reference 6"
 */
final class TimePeriods {

    static final String ALLOWED = "a time such as 2026, 2026-08, 2026-08-25, 2026-08-25 14, 2026-08-25T14:30 or"
            + " 2026-08-25T14:30:05Z, in UTC";

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[T ](\\d{2})(?::(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?)?)?)?)?"
                    + "(?:Z|\\+00:?00)?");
    private static final ChronoUnit[] PRECISIONS = {
        ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS
    };
    private static final int PARTS = PRECISIONS.length;

    private TimePeriods() {}

    /** The period of a text and how precise it is; nothing if the text is no time. */
    static Optional<PrecisePeriod> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int[] parts = {0, 1, 1, 0, 0, 0};
        int given = 0;
        for (int i = 0; i < PARTS; i++) {
            String part = form.group(i + 1);
            if (part != null) {
                parts[i] = Integer.parseInt(part);
                given = i;
            }
        }
        try {
            OffsetDateTime start = OffsetDateTime.of(
                    LocalDate.of(parts[0], parts[1], parts[2]),
                    LocalTime.of(parts[3], parts[4], parts[5]),
                    ZoneOffset.UTC);
            Instant end = start.plus(1, PRECISIONS[given]).toInstant();
            return Optional.of(new PrecisePeriod(new Period(start.toInstant(), end), PRECISIONS[given]));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    record PrecisePeriod(Period period, ChronoUnit precision) {}
}
