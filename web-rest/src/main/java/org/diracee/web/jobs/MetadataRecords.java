/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;

/** Translates the metadata that are set for a job: every value is a text, a number or a flag. */
final class MetadataRecords {

    private MetadataRecords() {}

    static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, text(name, value)));
        return texts;
    }

    private static String text(String name, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String message = "expected is a text, a number, true or false";
        throw new MalformedRequest(name + ": " + message, List.of(new FieldError(name, message)));
    }
}
