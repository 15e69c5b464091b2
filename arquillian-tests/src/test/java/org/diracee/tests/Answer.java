/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the server answered to one request. */
record Answer(HttpResponse<String> response) {

    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String text() {
        return response.body();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    JsonNode json() {
        try {
            return JSON.readTree(text());
        } catch (JsonProcessingException notJson) {
            throw new UncheckedIOException("no JSON in the answer: " + this, notJson);
        }
    }

    /** The {@code detail} member that every error answer carries. */
    String detail() {
        return json().path("detail").asText();
    }

    @Override
    public String toString() {
        return response.request().method() + " " + response.request().uri() + " → " + status() + " " + text();
    }
}
