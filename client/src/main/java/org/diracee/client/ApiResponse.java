/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** A successful answer, its body not read yet. */
public final class ApiResponse {

    private final String call;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    ApiResponse(String call, int status, HttpHeaders headers, byte[] body) {
        this.call = call;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /** @throws UnreadableAnswer unless the body is JSON of this type */
    public <T> T json(Class<T> type) {
        return json(ClientJson.MAPPER.constructType(type));
    }

    /** @throws UnreadableAnswer unless the body is JSON of this type */
    public <T> T json(TypeReference<T> type) {
        return json(ClientJson.MAPPER.constructType(type.getType()));
    }

    private <T> T json(JavaType type) {
        T value;
        try {
            value = ClientJson.MAPPER.readValue(body, type);
        } catch (IOException notThat) {
            throw new UnreadableAnswer(call, "it is no JSON of the expected form", notThat);
        }
        if (value == null) {
            throw new UnreadableAnswer(call, "it is null", null);
        }
        return value;
    }
}
