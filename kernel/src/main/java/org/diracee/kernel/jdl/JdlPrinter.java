/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import java.util.List;

/** Writes values in their canonical form: one attribute per line, four spaces per level, attributes in the order given. */
public final class JdlPrinter {

    private static final String INDENT = "    ";

    private final StringBuilder out = new StringBuilder();

    private JdlPrinter() {}

    /** Prints in canonical form, without a line end after the last line. */
    public static String print(JdlValue value) {
        JdlPrinter printer = new JdlPrinter();
        printer.value(value, 0);
        return printer.out.toString();
    }

    /** Prints on one line, as a message or a database column wants it. */
    public static String printInline(JdlValue value) {
        JdlPrinter printer = new JdlPrinter();
        printer.inline(value);
        return printer.out.toString();
    }

    private void value(JdlValue value, int level) {
        if (!(value instanceof JdlRecord record) || record.isEmpty()) {
            inline(value);
            return;
        }
        out.append("[\n");
        for (JdlAttribute attribute : record.attributes()) {
            out.append(INDENT.repeat(level + 1)).append(attribute.name()).append(" = ");
            value(attribute.value(), level + 1);
            out.append(";\n");
        }
        out.append(INDENT.repeat(level)).append(']');
    }

    private void inline(JdlValue value) {
        if (value instanceof JdlText text) {
            quote(text.value());
        } else if (value instanceof JdlInteger integer) {
            out.append(integer.value());
        } else if (value instanceof JdlReal real) {
            out.append(real.value());
        } else if (value instanceof JdlBoolean truth) {
            out.append(truth.value());
        } else if (value instanceof JdlList list) {
            list(list.items());
        } else if (value instanceof JdlRecord record) {
            record(record.attributes());
        }
    }

    private void list(List<JdlValue> items) {
        out.append('{');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            inline(items.get(i));
        }
        out.append('}');
    }

    private void record(List<JdlAttribute> attributes) {
        out.append('[');
        for (int i = 0; i < attributes.size(); i++) {
            out.append(i == 0 ? "" : "; ").append(attributes.get(i).name()).append(" = ");
            inline(attributes.get(i).value());
        }
        out.append(']');
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (Character.isISOControl(c)) {
                        out.append('\\').append((char) ('0' + (c >> 6)));
                        out.append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
