/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes DiracX's YAML form: two blanks per level, comments before the entry they belong to, texts in quotes where YAML would
 * take them for something else. What {@link YamlReader} makes of it equals the document as long as every option is text.
 *
 * @see "DiracX reference 11"
 */
public final class YamlWriter {

    private static final String INDENT = "  ";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+=,()\\- ]*");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Resolver RESOLVER = new Resolver();

    private final Typing typing;
    private final StringBuilder text = new StringBuilder();

    private YamlWriter(Typing typing) {
        this.typing = typing;
    }

    /** Writes every option as text. */
    public static String write(ConfigurationDocument document) {
        return write(document, Typing.TEXTS);
    }

    /** Writes options as the typing says; a text that is no such value is written as text. */
    public static String write(ConfigurationDocument document, Typing typing) {
        YamlWriter writer = new YamlWriter(typing);
        ConfigurationSection root = document.root();
        if (root.isEmpty()) {
            writer.text.append("{}\n");
        }
        writer.section(root, "", "");
        return writer.text.toString();
    }

    private void section(ConfigurationSection section, String path, String indent) {
        for (Map.Entry<String, ConfigurationEntry> entry : section.entries().entrySet()) {
            String here = path + '/' + entry.getKey();
            comment(entry.getValue().comment(), indent);
            text.append(indent).append(quoted(entry.getKey())).append(':');
            if (entry.getValue() instanceof ConfigurationSection sub) {
                subSection(sub, here, indent);
            } else if (entry.getValue() instanceof ConfigurationOption option) {
                value(option.value(), typing.kind(here), indent);
            }
        }
        comment(section.closingComment(), indent);
    }

    private void subSection(ConfigurationSection section, String path, String indent) {
        if (!section.isEmpty()) {
            text.append('\n');
            section(section, path, indent + INDENT);
        } else if (section.closingComment().isEmpty()) {
            text.append(" {}\n");
        } else {
            text.append(" {\n");
            comment(section.closingComment(), indent + INDENT);
            text.append(indent).append("}\n");
        }
    }

    private void value(String value, Typing.Kind kind, String indent) {
        switch (kind) {
            case TEXT -> scalar(quoted(value));
            case NUMBER -> scalar(NUMBER.matcher(value).matches() ? value : quoted(value));
            case BOOLEAN ->
                scalar(
                        switch (value.toLowerCase(Locale.ROOT)) {
                            case "y", "yes", "true", "1" -> "true";
                            case "n", "no", "false", "0" -> "false";
                            default -> quoted(value);
                        });
            case LIST -> list(value, indent);
        }
    }

    private void list(String value, String indent) {
        List<String> items = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (items.isEmpty()) {
            scalar("[]");
            return;
        }
        text.append('\n');
        for (String item : items) {
            text.append(indent).append(INDENT).append("- ").append(quoted(item)).append('\n');
        }
    }

    private void scalar(String scalar) {
        text.append(' ').append(scalar).append('\n');
    }

    /** The text as it is where YAML takes it for a text, else in single quotes. */
    private static String quoted(String value) {
        boolean plain = PLAIN.matcher(value).matches()
                && !isYesOrNo(value)
                && RESOLVER.resolve(NodeId.scalar, value, true).equals(Tag.STR);
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }

    /** Letters that some readers of YAML take for booleans. */
    private static boolean isYesOrNo(String value) {
        return value.length() == 1 && "yYnN".contains(value);
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
