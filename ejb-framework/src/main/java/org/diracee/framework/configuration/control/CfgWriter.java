/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Map;

/**
 * Writes DIRAC's {@code .cfg} files in their one canonical form: two blanks per level, braces on their own lines, comments before
 * the entry they belong to. What {@link CfgReader} makes of the text equals the document.
 *
 * @see "Framework reference 1.1"
 */
public final class CfgWriter {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private CfgWriter() {}

    /** @throws InvalidConfiguration if a value has a {@code #}, which begins a comment in these files */
    public static String write(ConfigurationDocument document) {
        CfgWriter writer = new CfgWriter();
        writer.section(document.root(), "", "");
        return writer.text.toString();
    }

    private void section(ConfigurationSection section, String path, String indent) {
        for (Map.Entry<String, ConfigurationEntry> entry : section.entries().entrySet()) {
            String name = entry.getKey();
            String here = path + '/' + name;
            comment(entry.getValue().comment(), indent);
            text.append(indent).append(name);
            if (entry.getValue() instanceof ConfigurationSection sub) {
                text.append('\n').append(indent).append("{\n");
                section(sub, here, indent + INDENT);
                text.append(indent).append("}\n");
            } else if (entry.getValue() instanceof ConfigurationOption option) {
                text.append(" =");
                value(option.value(), here);
                text.append('\n');
            }
        }
        comment(section.closingComment(), indent);
    }

    /** @throws InvalidConfiguration if the value has a {@code #} */
    static void requireWritable(String value, String path) {
        if (value.indexOf('#') >= 0) {
            throw new InvalidConfiguration(path + ": found '#' in the value " + ConfigurationText.shown(value)
                    + ", allowed is any other character: '#' begins a comment in .cfg files");
        }
    }

    private void value(String value, String path) {
        requireWritable(value, path);
        if (!value.isEmpty()) {
            text.append(' ').append(value);
        }
    }

    private void comment(String comment, String indent) {
        if (comment.isEmpty()) {
            return;
        }
        for (String line : comment.split("\n", -1)) {
            text.append(indent).append(line.isEmpty() ? "#" : "# ").append(line).append('\n');
        }
    }
}
