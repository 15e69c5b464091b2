/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON of messages.
 *
 * @see "Standard Webhooks 1.0, Payload structure"
 */
public final class MessageBody {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MessageBody() {}

    /** @param type what the message is about, as in {@code job_group.finished} */
    public static String of(String type, Instant at, Map<String, ?> data) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("timestamp", DateTimeFormatter.ISO_INSTANT.format(at));
        message.put("data", data);
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
