/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.error.FieldError;
import org.jspecify.annotations.Nullable;

/** The server refused: its problem document, or what could be made of another body. */
public final class ApiError extends ClientFailure {

    private static final long serialVersionUID = 1L;
    private static final int MAX_DETAIL_LENGTH = 3000;
    private static final int NOT_FOUND = 404;

    private final int status;
    private final String code;
    private final String detail;
    private final transient JsonNode document;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ApiError(int status, String code, String detail, JsonNode document, @Nullable Duration retryAfter) {
        super(detail, null);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.document = document;
        this.errors = fields(document);
        this.retryAfter = retryAfter;
    }

    /** An answer whose reason stands on a page for people. */
    static ApiError withDetail(int status, String detail) {
        return new ApiError(status, "", detail, MissingNode.getInstance(), null);
    }

    static ApiError of(int status, byte[] body, @Nullable Duration retryAfter) {
        JsonNode document;
        try {
            document = ClientJson.MAPPER.readTree(body);
        } catch (IOException notJson) {
            document = MissingNode.getInstance(); // a proxy's page or nothing: the status must do
        }
        JsonNode detail = document.path("detail");
        String text = detail.isTextual()
                ? detail.textValue()
                : document.path("title").asText(document.path("error").asText("HTTP status " + status));
        return new ApiError(status, document.path("code").asText(""), shortened(text), document, retryAfter);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable name of the error, as {@code JOB_NOT_FOUND}; empty if the answer had none. */
    public String code() {
        return code;
    }

    /** OAuth's name of the error, in answers of the log-in. */
    public Optional<String> oauthError() {
        return Optional.ofNullable(document).map(json -> json.path("error").textValue());
    }

    /** DIRAC's error number, 0 for a generic error. */
    public int errno() {
        return document == null ? 0 : document.path("errno").asInt(0);
    }

    public boolean is(String otherCode) {
        return code.equals(otherCode);
    }

    /** What was wrong, for people. */
    public String detail() {
        return detail;
    }

    /** What was wrong with single fields of the request. */
    public List<FieldError> errors() {
        return errors == null ? List.of() : errors;
    }

    /** The {@code detail} member as it came: an object with {@code success} and {@code failed} if a bulk call failed as a whole. */
    public JsonNode detailNode() {
        return document == null ? MissingNode.getInstance() : document.path("detail");
    }

    /** The id under which the server logged the request; empty if it gave none. */
    public String requestId() {
        return document == null ? "" : document.path("instance").asText("");
    }

    /**
     * Whether the server is starting: it answers 404 with a page of its own until its application is there, which itself always says
     * what is not there.
     */
    public boolean isOfStartingServer() {
        return status == NOT_FOUND && detailNode().isMissingNode();
    }

    /** When a repeat makes sense, if the server said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static List<FieldError> fields(JsonNode document) {
        List<FieldError> fields = new ArrayList<>();
        for (JsonNode error : document.path("errors")) {
            Map<String, String> values = new LinkedHashMap<>();
            error.path("values")
                    .fields()
                    .forEachRemaining(
                            value -> values.put(value.getKey(), value.getValue().asText("")));
            fields.add(new FieldError(
                    error.path("field").asText(""), error.path("message").asText(""), values));
        }
        return List.copyOf(fields);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_DETAIL_LENGTH ? text : text.substring(0, MAX_DETAIL_LENGTH) + "…";
    }
}
