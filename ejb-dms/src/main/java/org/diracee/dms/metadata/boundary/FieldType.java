/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.diracee.kernel.value.InvalidValue;

/**
 * What the values of a field are.
 *
 * @see "DMS reference 3.7"
 */
public enum FieldType {
    INT("a whole number of 64 bits"),
    FLOAT("a number such as 1.5e-3"),
    STRING("a text of 1 to " + MetadataValue.LONGEST + " characters, none a control character"),
    DATE("a time such as 2026-11-27 or 2026-11-27T12:00:00Z, of the years 1 to 9999"),
    /** Stands for the conditions of a set in queries, and has no values. */
    METASET("the name of a set of conditions");

    private final String allowed;

    FieldType(String allowed) {
        this.allowed = allowed;
    }

    /** @throws InvalidValue unless the text is one */
    public static FieldType named(String text) {
        for (FieldType type : values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw new InvalidValue("type of metadata", text, "int, float, string, date or metaset");
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value that a text stands for.
     *
     * @throws InvalidValue if it stands for none of this type
     */
    public MetadataValue value(String text) {
        try {
            return switch (this) {
                case INT -> new MetadataValue.Whole(Long.parseLong(text.strip()));
                case FLOAT -> new MetadataValue.Real(finite(text));
                case STRING, METASET -> new MetadataValue.Text(text);
                case DATE -> new MetadataValue.Moment(moment(text.strip()));
            };
        } catch (NumberFormatException | DateTimeException wrong) {
            throw new InvalidValue(text(), text, allowed);
        }
    }

    private static double finite(String text) {
        double value = Double.parseDouble(text.strip());
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value == 0 ? 0 : value; // no negative zero, which the database takes for another
    }

    private static Instant moment(String text) {
        Instant moment = text.indexOf(':') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(
                                text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                                        ? text.replace(' ', 'T')
                                        : text.replace(' ', 'T') + "Z")
                        .toInstant();
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException(text);
        }
        return moment.truncatedTo(ChronoUnit.MICROS);
    }
}
