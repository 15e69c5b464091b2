/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diracee.kernel.jdl.JdlBoolean;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlReal;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;

/**
 * What sort of value an attribute takes. Old clients quote numbers and booleans and write lists as one text; both are understood.
 *
 * @see "WMS reference 4.1"
 */
public enum AttributeType {
    TEXT("a text"),
    INTEGER("a whole number"),
    BOOLEAN("true or false"),
    TEXT_LIST("a text or a list of texts"),
    RECORD("a record"),
    ANY("any value");

    private final String words;

    AttributeType(String words) {
        this.words = words;
    }

    /** What is allowed, as a message says it. */
    public String words() {
        return words;
    }

    /** Returns the value in the one form that rules and wrappers read, or nothing if it is of another type. */
    public Optional<JdlValue> normalised(JdlValue value) {
        return switch (this) {
            case TEXT -> scalar(value).map(JdlText::new);
            case INTEGER -> integer(value).map(JdlInteger::new);
            case BOOLEAN -> truth(value).map(JdlBoolean::new);
            case TEXT_LIST -> texts(value).map(JdlList::ofTexts);
            case RECORD -> value instanceof JdlRecord ? Optional.of(value) : Optional.empty();
            case ANY -> Optional.of(value);
        };
    }

    /** Returns the text of a value that is neither a list nor a record, as it stands where a placeholder stood. */
    static Optional<String> scalar(JdlValue value) {
        if (value instanceof JdlText text) {
            return Optional.of(text.value());
        }
        if (value instanceof JdlInteger integer) {
            return Optional.of(Long.toString(integer.value()));
        }
        if (value instanceof JdlReal real) {
            return Optional.of(plain(real.value()));
        }
        return value instanceof JdlBoolean truth ? Optional.of(Boolean.toString(truth.value())) : Optional.empty();
    }

    /** Writes a number as payloads expect it: without exponent as long as that is readable. */
    private static String plain(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            return Double.toString(value);
        }
        String text = Double.toString(value);
        return text.indexOf('E') < 0 ? text : withPoint(new java.math.BigDecimal(text).toPlainString());
    }

    private static String withPoint(String digits) {
        return digits.indexOf('.') < 0 ? digits + ".0" : digits;
    }

    private static Optional<Long> integer(JdlValue value) {
        if (value instanceof JdlInteger integer) {
            return Optional.of(integer.value());
        }
        if (value instanceof JdlReal real) {
            long whole = (long) real.value();
            return whole == real.value() && Math.abs(real.value()) < 1L << 53 ? Optional.of(whole) : Optional.empty();
        }
        if (value instanceof JdlText text) {
            try {
                return Optional.of(Long.parseLong(text.value().strip()));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Boolean> truth(JdlValue value) {
        return scalar(value).flatMap(text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Optional.of(true);
            case "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    private static Optional<List<String>> texts(JdlValue value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof JdlList list) {
            for (JdlValue item : list.items()) {
                Optional<String> text = scalar(item);
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                texts.add(text.get());
            }
        } else {
            Optional<String> text = scalar(value);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            String separator = text.get().indexOf(';') >= 0 ? ";" : ",";
            for (String item : text.get().split(separator, -1)) {
                texts.add(item.strip());
            }
        }
        texts.removeIf(String::isBlank);
        return Optional.of(texts);
    }
}
