/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calls of every route that the API's description names, so that a new route is called as soon as it is described. What is put
 * into parameters and members comes from a {@link Filling}; what that does not know is an error that says how to teach it.
 */
final class ApiCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode description;

    private ApiCalls(JsonNode description) {
        this.description = description;
    }

    /** Those of this installation. */
    static ApiCalls of(Http anonymous) {
        return new ApiCalls(anonymous.get("/api/openapi.json").json());
    }

    /**
     * What to put where, by the name of the parameter or member. Where a name means several things, the route stands before it:
     * {@code "POST /api/jobs/sandbox#format"}. The keys of an object without fixed members are called {@code {}}, those of an object in
     * it {@code {}{}}; what a form without fixed members holds is called {@code form}.
     */
    static final class Filling {

        private final Map<String, List<JsonNode>> values = new HashMap<>();

        /** A value that leaves a parameter out. */
        static final Object ABSENT = NODES.nullNode();

        /** Several values make several calls. */
        Filling put(String name, Object... alternatives) {
            values.put(
                    name,
                    Arrays.stream(alternatives)
                            .map(value -> (JsonNode) JSON.valueToTree(value))
                            .toList());
            return this;
        }

        /** This and the other together. */
        Filling and(Filling other) {
            values.putAll(other.values);
            return this;
        }

        private @Nullable List<JsonNode> of(String route, String name) {
            List<JsonNode> special = values.get(route + "#" + name);
            return special == null ? values.get(name) : special;
        }
    }

    /** A request that is ready to be sent by anybody. */
    record Call(
            String route,
            boolean needsToken,
            String path,
            String type,
            @Nullable String body) {

        Answer by(Http caller) {
            var request = caller.request(path)
                    .header("Idempotency-Key", Pilots.unique())
                    .method(
                            route.substring(0, route.indexOf(' ')),
                            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (body != null) {
                request.header("Content-Type", type);
            }
            return caller.send(request);
        }

        @Override
        public String toString() {
            return route + " as " + path + (body == null ? "" : " with " + body);
        }
    }

    /**
     * All calls.
     *
     * @throws AssertionError if the filling does not know all names
     */
    List<Call> with(Filling filling) {
        List<Call> calls = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        description.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(operation -> {
                    if (VERBS.contains(operation.getKey())) {
                        Maker maker = new Maker(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                operation.getValue(),
                                filling);
                        calls.addAll(maker.calls());
                        unknown.addAll(maker.unknown);
                    }
                }));
        if (!unknown.isEmpty()) {
            throw new AssertionError("The tests do not know what to put into\n  " + String.join("\n  ", unknown)
                    + "\nAdd each to VoIsolationHttpIT.ids(): the id of the object if it names one, otherwise a harmless"
                    + " value. Let IsolatedVo make such objects and give them canary words.");
        }
        return calls;
    }

    /** Makes the calls of one route. */
    private final class Maker {

        private static final String BODY = "body";

        private final String route;
        private final JsonNode operation;
        private final Filling filling;
        private final Set<String> unknown = new TreeSet<>();
        private int alternatives = 1;

        Maker(String route, JsonNode operation, Filling filling) {
            this.route = route;
            this.operation = operation;
            this.filling = filling;
        }

        List<Call> calls() {
            List<Call> calls = new ArrayList<>();
            for (int number = 0; number < alternatives; number++) {
                calls.add(call(number));
            }
            return calls;
        }

        private Call call(int number) {
            String path = route.substring(route.indexOf(' ') + 1);
            StringBuilder query = new StringBuilder();
            for (JsonNode parameter : operation.path("parameters")) {
                String name = parameter.path("name").asText();
                switch (parameter.path("in").asText()) {
                    case "path" ->
                        path = path.replace(
                                "{" + name + "}",
                                Http.encoded(scalar(name, parameter.path("schema"), number))
                                        .replace("%2F", "/"));
                    case "query" -> {
                        JsonNode given = value(name, parameter.path("schema"), number, "");
                        if (!given.isNull()) {
                            query.append(query.isEmpty() ? '?' : '&')
                                    .append(name)
                                    .append('=')
                                    .append(Http.encoded(given.asText()));
                        }
                    }
                    default -> {
                        // headers and cookies name no objects; Idempotency-Key is always sent
                    }
                }
            }
            JsonNode content = operation.path("requestBody").path("content");
            String type = content.fieldNames().hasNext() ? content.fieldNames().next() : Http.JSON;
            String body = null;
            if (content.fieldNames().hasNext()) {
                body = body(type, content.path(type).path("schema"), number);
            } else if (filling.of(route, BODY) != null) {
                // one that the description does not tell of
                body = value(BODY, NODES.objectNode(), number, "").toString();
            }
            return new Call(route, operation.has("security"), path + query, bodyType(type), body);
        }

        private String bodyType(String type) {
            return type.startsWith("multipart/") ? type + "; boundary=part" : type;
        }

        private String body(String type, JsonNode schema, int number) {
            if (type.startsWith("multipart/")) {
                return "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\nx\r\n--part--\r\n";
            }
            if (!type.equals(Http.FORM)) {
                return value(BODY, schema, number, "").toString();
            }
            JsonNode form = schema.has("properties")
                    ? value("form", schema, number, "")
                    : value("form", NODES.objectNode().put("type", "string"), number, "");
            Map<String, String> fields = new HashMap<>();
            form.fields()
                    .forEachRemaining(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            return Http.encoded(fields);
        }

        private String scalar(String name, JsonNode schema, int number) {
            return value(name, schema, number, "").asText();
        }

        /** @param keys a {@code {}} for each object without fixed members that this is in */
        private JsonNode value(String name, JsonNode given, int number, String keys) {
            JsonNode schema = resolved(given);
            List<JsonNode> known = filling.of(route, name);
            if (known != null) {
                alternatives = Math.max(alternatives, known.size());
                return known.get(number % known.size());
            }
            if (schema.path("enum").isArray()) {
                return schema.path("enum").path(0);
            }
            return switch (schema.path("type").asText()) {
                case "array" -> {
                    ArrayNode items = NODES.arrayNode();
                    items.add(value(name, schema.path("items"), number, keys));
                    yield items;
                }
                case "object" -> {
                    ObjectNode members = NODES.objectNode();
                    schema.path("properties")
                            .fields()
                            .forEachRemaining(member -> members.set(
                                    member.getKey(), value(member.getKey(), member.getValue(), number, keys)));
                    JsonNode others = schema.path("additionalProperties");
                    if (others.isObject()) {
                        String deeper = keys + "{}";
                        JsonNode key = value(deeper, NODES.objectNode().put("type", "string"), number, deeper);
                        members.set(key.asText(), value("of " + deeper, others, number, deeper));
                    }
                    yield members;
                }
                case "boolean" -> NODES.booleanNode(false);
                case "number" -> NODES.numberNode(1.5);
                case "string" -> {
                    if (schema.path("format").asText().equals("date-time")) {
                        yield NODES.textNode(Instant.now().toString());
                    }
                    yield notKnown(name);
                }
                default -> notKnown(name);
            };
        }

        private JsonNode notKnown(String name) {
            unknown.add(route + "#" + name);
            return NODES.textNode("unknown");
        }

        private JsonNode resolved(JsonNode schema) {
            JsonNode reference = schema.path("$ref").isMissingNode()
                    ? schema.path("allOf").path(0).path("$ref")
                    : schema.path("$ref");
            return reference.isMissingNode()
                    ? schema
                    : resolved(description.at(reference.asText().substring(1)));
        }
    }
}
