/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diracee.cli.CommandFailure;
import org.diracee.client.wire.WireMapper;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.kernel.jdl.PlainValues;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A file with one job description or a list of them in YAML or JSON. */
final class PlainFile {

    private static final ObjectMapper JSON = WireMapper.strict();

    /** Attributes and items; the largest submission that the server takes is not far from it. */
    private static final int MOST_VALUES = 2_000_000;

    private PlainFile() {}

    /** Tells by the ending of its name whether a file is such. */
    static boolean isNamed(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    /** @throws CommandFailure if the text holds no job descriptions; it says where */
    static List<JdlRecord> read(String name, String text) {
        Object document = isJson(name) ? json(name, text) : yaml(name, text);
        List<?> items = document instanceof List<?> list ? list : document == null ? List.of() : List.of(document);
        if (items.isEmpty()) {
            throw CommandFailure.usage(name + " is empty; a job description is needed, or a list of them");
        }
        List<JdlRecord> descriptions = new ArrayList<>();
        for (Object item : items) {
            String path = document instanceof List<?> ? "[" + descriptions.size() + "]" : "";
            if (!(item instanceof Map<?, ?> attributes)) {
                throw CommandFailure.usage(name + " is no job description: " + (path.isEmpty() ? "it" : path)
                        + " has no attributes; 'Executable: run.sh' would be one");
            }
            try {
                descriptions.add(PlainValues.record(attributes, path));
            } catch (DiracException wrong) {
                throw CommandFailure.usage(name + ": " + wrong.detail());
            }
        }
        return descriptions;
    }

    /** Aliases let a few lines of YAML stand for more than a machine holds, or for something without end. */
    private static int counted(String name, @Nullable Object value, int before, int depth) {
        int count = before + 1;
        if (count > MOST_VALUES || depth > JdlValue.MAX_DEPTH) {
            throw CommandFailure.usage(name + " is no job description: it stands for "
                    + (depth > JdlValue.MAX_DEPTH
                            ? "more than " + JdlValue.MAX_DEPTH + " levels"
                            : "more than " + MOST_VALUES + " values"));
        }
        Collection<?> parts = value instanceof Map<?, ?> map
                ? map.values()
                : value instanceof Collection<?> items ? items : List.of();
        for (Object part : parts) {
            count = counted(name, part, count, depth + 1);
        }
        return count;
    }

    private static boolean isJson(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json");
    }

    /** YAML takes most of JSON, but neither tabs nor {@code \\/}. */
    private static @Nullable Object json(String name, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException broken) {
            JsonLocation place = broken.getLocation();
            throw CommandFailure.usage(name + " is no job description: " + broken.getOriginalMessage()
                    + (place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")"));
        }
    }

    private static @Nullable Object yaml(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object document = new Yaml(new SafeConstructor(options)).load(text);
            counted(name, document, 0, 1);
            return document;
        } catch (YAMLException broken) {
            throw CommandFailure.usage(name + " is no job description: " + broken.getMessage());
        }
    }
}
