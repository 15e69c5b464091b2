/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.wms.pilot.entity.PilotCriterion.Period;

/** A time as a search writes it, which stands for the period that its precision leaves open. */
record SearchedPeriod(Period period, ChronoUnit precision) {

    static final String ALLOWED = "a time in UTC, from 2026 to 2026-08-25T14:30:05Z";

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(?:(-\\d{2})(?:(-\\d{2})(?:[T ](\\d{2})(?:(:\\d{2})(?:(:\\d{2})(?:\\.\\d{1,9})?)?)?)?)?)?"
                    + "(?:Z|\\+00:?00)?");
    private static final String[] FIRST = {"", "-01", "-01", "00", ":00", ":00"};
    private static final ChronoUnit[] PRECISIONS = {
        ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS
    };

    /** Reads a text; empty if it is no time. Fractions of a second stand for the second. */
    static Optional<SearchedPeriod> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        StringBuilder start = new StringBuilder();
        int precision = 0;
        for (int part = 0; part < PRECISIONS.length; part++) {
            String given = form.group(part + 1);
            start.append(part == 3 ? "T" : "").append(given == null ? FIRST[part] : given);
            precision = given == null ? precision : part;
        }
        try {
            OffsetDateTime begin = OffsetDateTime.parse(start + "Z");
            Instant end = begin.plus(1, PRECISIONS[precision]).toInstant();
            return Optional.of(new SearchedPeriod(new Period(begin.toInstant(), end), PRECISIONS[precision]));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
