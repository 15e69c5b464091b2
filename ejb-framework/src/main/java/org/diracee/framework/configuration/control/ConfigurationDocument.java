/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.configuration.Configuration;

/** Reads the JSON form of the configuration document. */
public final class ConfigurationDocument {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigurationDocument() {}

    /** @throws InvalidConfiguration if the text is no JSON object of sections, texts, numbers, booleans and lists */
    public static Configuration parse(long revision, String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            throw new InvalidConfiguration("line "
                    + (at == null ? 0 : at.getLineNr())
                    + ", column "
                    + (at == null ? 0 : at.getColumnNr())
                    + ": "
                    + broken.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new InvalidConfiguration("the document must be a JSON object");
        }
        return new Configuration(revision, section("", root));
    }

    private static Map<String, Object> section(String path, JsonNode node) {
        Map<String, Object> section = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String here = path.isEmpty() ? field.getKey() : path + "/" + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                section.put(field.getKey(), section(here, value));
            } else if (value.isArray()) {
                section.put(field.getKey(), list(here, value));
            } else if (!value.isNull()) {
                section.put(field.getKey(), leaf(value));
            }
        }
        return section;
    }

    private static List<Object> list(String path, JsonNode array) {
        List<Object> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isValueNode() || item.isNull()) {
                throw new InvalidConfiguration(path + ": a list holds texts, numbers or booleans only");
            }
            items.add(leaf(item));
        }
        return items;
    }

    private static Object leaf(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.numberValue() : value.textValue();
    }
}
