/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes documents and edits at random from a seed, the odd ones more often than nature would. */
final class RandomConfiguration {

    private static final String[] NAME_PIECES = {
        "A",
        "b",
        "Site",
        "LCG.CERN.cern",
        "9",
        "é",
        "😀",
        "'",
        "\"",
        ":",
        "-",
        "?",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "+",
        ",",
        "[",
        "]",
        "\\",
        "<<",
        "~",
        "null",
        "yes",
        "0x1",
        " ",
        ": ",
        "- ",
        "\t",
        "\u00A0",
        "ß",
        "."
    };
    private static final String[] VALUE_PIECES = {
        "a",
        "Zz",
        "0",
        "17",
        "1.5",
        "-",
        " ",
        ",",
        ", ",
        "=",
        "+=",
        "{",
        "}",
        "/",
        "\\",
        "'",
        "\"",
        ": ",
        ":",
        "- ",
        "?",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%s",
        "@",
        "`",
        "[",
        "]",
        "~",
        "null",
        "true",
        "no",
        "0x1F",
        "1e3",
        "2001-01-01",
        "é",
        "😀",
        "\t",
        "\u00A0",
        "\u3000"
    };
    private static final String[] COMMENT_PIECES = {
        "why", " ", "#", "\n", "\n", "{", "}", "=", "a = b", "'", "\"", ": ", "- ", "---", "...", "%", "é", "😀", "\t",
        "&", "*"
    };

    private final Random random;
    private final boolean hashes;

    /** Documents that both forms can hold. */
    RandomConfiguration(long seed) {
        this(seed, false);
    }

    /** @param hashes whether values have '#', which only YAML can hold */
    RandomConfiguration(long seed, boolean hashes) {
        random = new Random(seed * 0x9E3779B97F4A7C15L); // neighbours begin alike otherwise
        this.hashes = hashes;
    }

    ConfigurationDocument document() {
        return ConfigurationDocument.of(section(4).withComment(""));
    }

    /** A section up to so many levels deep. */
    ConfigurationSection section(int depth) {
        ConfigurationEditor section = ConfigurationDocument.empty().edit();
        for (int i = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(6); i > 0; i--) {
            section.put(name(), depth > 1 && random.nextInt(5) < 2 ? section(depth - 1) : option());
        }
        return section.closingComment("/", comment()).document().root().withComment(comment());
    }

    ConfigurationOption option() {
        return new ConfigurationOption(value(), comment());
    }

    String name() {
        String name = text(NAME_PIECES, 3).strip();
        return name.isEmpty() ? "N" + random.nextInt(9) : name;
    }

    String value() {
        String value = text(VALUE_PIECES, 6);
        return hashes && random.nextInt(3) == 0 ? value + "#" + text(VALUE_PIECES, 2) : value;
    }

    String comment() {
        return random.nextInt(3) > 0 ? "" : text(COMMENT_PIECES, 6);
    }

    /** The document after some edits below {@code under}; of all kinds: set, add, remove, comment. */
    ConfigurationDocument edited(ConfigurationDocument document, String under) {
        ConfigurationDocument edited = document;
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            List<String> paths = paths(edited.section(under).orElse(ConfigurationSection.empty()), under);
            String path = paths.isEmpty() ? under + "/new" : paths.get(random.nextInt(paths.size()));
            boolean option = edited.option(path).isPresent();
            edited = switch (random.nextInt(6)) {
                case 0 -> edited.without(path);
                case 1 -> edited.entry(path).isPresent() ? edited.withComment(path, comment()) : edited;
                case 2 -> edited.section(path).isPresent() ? edited.withClosingComment(path, comment()) : edited;
                case 3 -> edited.with(path, random.nextBoolean() ? option() : section(2));
                case 4 -> option ? edited.with(path, value()) : edited.with(under + "/" + name(), option());
                default -> edited.with(option ? under + "/" + name() : path + "/" + name(), section(2));
            };
        }
        return edited;
    }

    /** Paths of all entries below the section. */
    static List<String> paths(ConfigurationSection section, String path) {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, ConfigurationEntry> entry : section.entries().entrySet()) {
            String here = path + "/" + entry.getKey();
            paths.add(here);
            if (entry.getValue() instanceof ConfigurationSection sub) {
                paths.addAll(paths(sub, here));
            }
        }
        return paths;
    }

    /** The text with some characters or lines left out, doubled, exchanged or put in. */
    String mutated(String text, String pieces) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), at + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, mutated.substring(at, to));
                case 2 -> mutated.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                default -> mutated.insert(at, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
            }
        }
        return mutated.toString();
    }

    private String text(String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
