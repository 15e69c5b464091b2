/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of the API before it is sent; immutable, each method returns a changed copy. */
public final class ApiRequest {

    private final String method;
    private final String path;
    private final List<String> query;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final boolean authenticated;
    private final boolean repeatable;
    private final boolean anyStatus;
    private final @Nullable Duration timeout;

    private ApiRequest(
            String method,
            String path,
            List<String> query,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean authenticated,
            boolean repeatable,
            boolean anyStatus,
            @Nullable Duration timeout) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.authenticated = authenticated;
        this.repeatable = repeatable;
        this.anyStatus = anyStatus;
        this.timeout = timeout;
    }

    public static ApiRequest get(String path) {
        return of("GET", path, true);
    }

    public static ApiRequest delete(String path) {
        return of("DELETE", path, true);
    }

    public static ApiRequest put(String path) {
        return of("PUT", path, true);
    }

    /** A POST is sent once unless it has an {@link #idempotencyKey} or is said to be {@link #repeatable}. */
    public static ApiRequest post(String path) {
        return of("POST", path, false);
    }

    /** A PATCH is sent once unless it is said to be {@link #repeatable}. */
    public static ApiRequest patch(String path) {
        return of("PATCH", path, false);
    }

    private static ApiRequest of(String method, String path, boolean repeatable) {
        return new ApiRequest(method, path, List.of(), Map.of(), null, true, repeatable, false, null);
    }

    /** Encodes one segment of a path. */
    public static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    public ApiRequest query(String name, Object value) {
        List<String> more = new ArrayList<>(query);
        more.add(encoded(name) + "=" + encoded(value.toString()));
        return new ApiRequest(method, path, more, headers, body, authenticated, repeatable, anyStatus, timeout);
    }

    public ApiRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(method, path, query, more, body, authenticated, repeatable, anyStatus, timeout);
    }

    public ApiRequest json(Object value) {
        return new ApiRequest(
                        method,
                        path,
                        query,
                        headers,
                        ClientJson.write(value),
                        authenticated,
                        repeatable,
                        anyStatus,
                        timeout)
                .header("Content-Type", "application/json");
    }

    public ApiRequest form(Map<String, String> fields) {
        byte[] encoded = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        return new ApiRequest(method, path, query, headers, encoded, authenticated, repeatable, anyStatus, timeout)
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    /** Makes a repeat safe: the server answers a second call with the same key as it answered the first. */
    public ApiRequest idempotencyKey(String key) {
        return header("Idempotency-Key", key).repeatable();
    }

    /** Says that the call may be sent again when it is unknown whether the server acted on it. */
    public ApiRequest repeatable() {
        return new ApiRequest(method, path, query, headers, body, authenticated, true, anyStatus, timeout);
    }

    /** Sends no bearer token. */
    public ApiRequest anonymous() {
        return new ApiRequest(method, path, query, headers, body, false, repeatable, anyStatus, timeout);
    }

    /** Takes an answer of any status for what it is, where a refusal is no problem document. */
    public ApiRequest anyStatus() {
        return new ApiRequest(method, path, query, headers, body, authenticated, repeatable, true, timeout);
    }

    /** How long each try may take; the client's own bound if not given. */
    public ApiRequest timeout(Duration longest) {
        return new ApiRequest(method, path, query, headers, body, authenticated, repeatable, anyStatus, longest);
    }

    String method() {
        return method;
    }

    String target() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    boolean takesAnyStatus() {
        return anyStatus;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Method and path, without the query, which may hold a secret. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
