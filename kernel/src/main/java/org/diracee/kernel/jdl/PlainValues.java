/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Job descriptions as readers of JSON and YAML hand them over, in maps, lists, texts, numbers and booleans: the same model as JDL. */
public final class PlainValues {

    private PlainValues() {}

    /**
     * Makes a description of it.
     *
     * @param path where it stands, for messages; empty for the whole
     * @throws InvalidRequest with the path to what cannot be an attribute or a value
     */
    public static JdlRecord record(Map<?, ?> attributes, String path) {
        return record(attributes, path, 1);
    }

    private static JdlRecord record(Map<?, ?> attributes, String path, int depth) {
        List<JdlAttribute> made = new ArrayList<>();
        attributes.forEach((name, value) -> {
            String place = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            if (!(name instanceof String text) || !JdlAttribute.isName(text)) {
                throw wrong(
                        place,
                        "is no name of an attribute; allowed are letters, digits and '_', with dots between parts");
            }
            made.add(new JdlAttribute(text, value(value, place, depth)));
        });
        try {
            return JdlRecord.of(made);
        } catch (IllegalArgumentException twice) {
            throw wrong(path, String.valueOf(twice.getMessage()));
        }
    }

    /** The way back: what a writer of JSON or YAML takes. */
    public static Map<String, Object> map(JdlRecord description) {
        Map<String, Object> values = new LinkedHashMap<>();
        description.attributes().forEach(attribute -> values.put(attribute.name(), plain(attribute.value())));
        return values;
    }

    private static Object plain(JdlValue value) {
        if (value instanceof JdlRecord description) {
            return map(description);
        }
        if (value instanceof JdlList list) {
            return list.items().stream().map(PlainValues::plain).toList();
        }
        if (value instanceof JdlText text) {
            return text.value();
        }
        if (value instanceof JdlBoolean truth) {
            return truth.value();
        }
        if (value instanceof JdlInteger whole) {
            return whole.value();
        }
        return ((JdlReal) value).value();
    }

    private static JdlValue value(@Nullable Object value, String path, int depth) {
        if (depth >= JdlValue.MAX_DEPTH) {
            throw wrong(path, "nests too deep; allowed are " + JdlValue.MAX_DEPTH + " levels");
        }
        if (value instanceof String text) {
            try {
                return new JdlText(text);
            } catch (IllegalArgumentException unprintable) {
                throw wrong(path, "is not allowed: " + unprintable.getMessage());
            }
        }
        if (value instanceof Boolean truth) {
            return new JdlBoolean(truth);
        }
        if (value instanceof Number number) {
            return number(number, path);
        }
        if (value instanceof Map<?, ?> attributes) {
            return record(attributes, path, depth + 1);
        }
        if (value instanceof List<?> items) {
            List<JdlValue> made = new ArrayList<>(items.size());
            for (Object item : items) {
                made.add(value(item, path + "[" + made.size() + "]", depth + 1));
            }
            return JdlList.of(made);
        }
        throw wrong(
                path,
                (value == null ? "null" : "'" + value + "'")
                        + " is not allowed; allowed are texts, numbers, booleans, lists and objects; a text may need quotes");
    }

    private static JdlValue number(Number number, String path) {
        if (number instanceof BigInteger whole && whole.bitLength() >= Long.SIZE) {
            throw wrong(path, whole + " is too large; allowed are 64 bits");
        }
        if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
            if (!Double.isFinite(number.doubleValue())) {
                throw wrong(path, number + " is not allowed; allowed are finite numbers");
            }
            return new JdlReal(number.doubleValue());
        }
        return new JdlInteger(number.longValue());
    }

    private static InvalidRequest wrong(String path, String message) {
        return new InvalidRequest(
                ErrorCode.JDL_INVALID,
                "The job description is invalid: " + (path.isEmpty() ? "" : path + ": ") + message,
                List.of(new FieldError(path, message)));
    }
}
