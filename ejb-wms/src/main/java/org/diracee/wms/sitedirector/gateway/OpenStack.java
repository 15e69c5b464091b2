/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * Logs in at OpenStack by application credentials and calls Nova. Tokens are kept until a while before their end; one that is refused is
 * replaced once.
 *
 * @see "OpenStack Identity API v3: application credentials"
 */
@ApplicationScoped
public class OpenStack {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BEFORE_END = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_FAILURE = 400;
    private static final int LONGEST_REASON = 300;

    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private CloudSettings settings;
    private CeHttp http;
    private Clock clock;

    protected OpenStack() {} // for the container's proxy

    @Inject
    public OpenStack(CloudSettings settings, CeHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** @param compute the address of Nova, without a slash at the end */
    private record Token(String text, Instant expires, String compute) {

        @Override
        public String toString() {
            return "a token until " + expires;
        }
    }

    /** @param body empty if there was none in JSON */
    record Answer(int status, JsonNode body) {

        boolean isFailure() {
            return status >= FIRST_FAILURE;
        }

        /** What a service says of why it failed: it stands one level below a name for the kind of fault. */
        String reason() {
            String said = StreamSupport.stream(body.spliterator(), false)
                    .map(fault -> fault.path("message").asText(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
            String shown = said.length() <= LONGEST_REASON ? said : said.substring(0, LONGEST_REASON) + "…";
            return status + (shown.isEmpty() ? "" : " " + shown);
        }
    }

    /** Nova, for a VO and within a time. */
    Nova nova(CeQueue queue, VoName vo, Duration limit) {
        return new Nova(queue, settings.alias(queue, vo), clock.instant().plus(limit));
    }

    /** No answer came, so nobody knows whether what was asked for is done. */
    static final class NoAnswer extends ComputingElementFailure {

        private static final long serialVersionUID = 1L;

        NoAnswer(String detail, IOException cause) {
            super(detail, cause);
        }
    }

    /** Calls that share a credential and a time by which they are over. */
    final class Nova {

        private final CeQueue queue;
        private final String alias;
        private final Instant deadline;

        private Nova(CeQueue queue, String alias, Instant deadline) {
            this.queue = queue;
            this.alias = alias;
            this.deadline = deadline;
        }

        boolean isTimeLeft() {
            return clock.instant().isBefore(deadline);
        }

        /**
         * @param path behind Nova's address
         * @throws NoAnswer if the call broke off
         * @throws ComputingElementFailure if there is no logging in
         */
        Answer call(String method, String path, Optional<Object> body) {
            Answer answer = call(method, path, body, token());
            if (answer.status() == UNAUTHORIZED) {
                tokens.remove(key()); // ended before its time, as when the cloud's keys were replaced
                answer = call(method, path, body, token());
            }
            return answer;
        }

        JsonNode get(String path) {
            Answer answer = call("GET", path, Optional.empty());
            if (answer.status() != OK) {
                throw new ComputingElementFailure("Nova answers to " + path + ": " + answer.reason());
            }
            return answer.body();
        }

        /** All elements of a list that comes in pages. */
        List<JsonNode> list(String path, String name) {
            List<JsonNode> found = new ArrayList<>();
            Optional<String> next = Optional.of(path);
            while (next.isPresent()) {
                JsonNode page = get(next.get());
                page.path(name).forEach(found::add);
                next = StreamSupport.stream(page.path(name + "_links").spliterator(), false)
                        .filter(link -> link.path("rel").asText().equals("next"))
                        .map(link -> URI.create(link.path("href").asText()).getRawQuery())
                        .map(query -> path.replaceAll("\\?.*", "") + "?" + query)
                        .findFirst();
            }
            return found;
        }

        private Answer call(String method, String path, Optional<Object> body, Token token) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(token.compute() + path))
                    .header("X-Auth-Token", token.text())
                    .header("Accept", "application/json");
            return send(request, method, body, "Nova");
        }

        private Token token() {
            Token known = tokens.get(key());
            if (known == null || clock.instant().isAfter(known.expires().minus(BEFORE_END))) {
                known = logIn();
                tokens.put(key(), known);
            }
            return known;
        }

        private String key() {
            return settings.authUrl(queue) + " " + alias + " "
                    + settings.region(queue).orElse("");
        }

        private Token logIn() {
            CloudSettings.ApplicationCredential credential = settings.credential(queue, alias);
            Map<String, Object> body = Map.of(
                    "auth",
                    Map.of(
                            "identity",
                            Map.of(
                                    "methods",
                                    List.of("application_credential"),
                                    "application_credential",
                                    Map.of("id", credential.id(), "secret", credential.secret()))));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.authUrl(queue) + "/auth/tokens"));
            CeHttp.Answer raw = raw(request, "POST", Optional.of(body), "Keystone");
            Answer answer = answer(raw);
            Optional<String> text = raw.headers().firstValue("X-Subject-Token");
            if (answer.status() == UNAUTHORIZED) {
                throw new ComputingElementFailure("Keystone at " + settings.authUrl(queue)
                        + " does not accept the application credential of credential:" + alias + ": "
                        + answer.reason());
            }
            if (answer.status() != CREATED || text.isEmpty()) {
                throw new ComputingElementFailure(
                        "Keystone at " + settings.authUrl(queue) + " gives no token: " + answer.reason());
            }
            JsonNode token = answer.body().path("token");
            try {
                return new Token(
                        text.get(), Instant.parse(token.path("expires_at").asText()), compute(token.path("catalog")));
            } catch (DateTimeParseException wrong) {
                throw new ComputingElementFailure("Keystone does not tell when the token ends", wrong);
            }
        }

        private String compute(JsonNode catalog) {
            Supplier<ComputingElementFailure> none =
                    () -> new ComputingElementFailure("Keystone's catalogue has no public address of type compute"
                            + settings.region(queue)
                                    .map(region -> " in the region " + region)
                                    .orElse(""));
            URI url = StreamSupport.stream(catalog.spliterator(), false)
                    .filter(service -> service.path("type").asText().equals("compute"))
                    .flatMap(service ->
                            StreamSupport.stream(service.path("endpoints").spliterator(), false))
                    .filter(endpoint -> endpoint.path("interface").asText().equals("public"))
                    .filter(endpoint -> settings.region(queue)
                            .map(region ->
                                    region.equals(endpoint.path("region_id").asText()))
                            .orElse(true))
                    .map(endpoint -> URI.create(endpoint.path("url").asText().replaceAll("/+$", "")))
                    .findFirst()
                    .orElseThrow(none);
            CloudSettings.checkProtected(queue, "The address of compute in the catalogue", url);
            return url.toString();
        }

        private Answer send(HttpRequest.Builder request, String method, Optional<Object> body, String whom) {
            return answer(raw(request, method, body, whom));
        }

        private CeHttp.Answer raw(HttpRequest.Builder request, String method, Optional<Object> body, String whom) {
            try {
                if (body.isPresent()) {
                    request.header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body.get())));
                } else {
                    request.method(method, HttpRequest.BodyPublishers.noBody());
                }
                Duration left = Duration.between(clock.instant(), deadline);
                return http.send(queue, Optional.empty(), request.build(), left);
            } catch (IOException broken) {
                throw new NoAnswer(whom + " of " + queue.computingElement() + ": " + broken.getMessage(), broken);
            }
        }

        private Answer answer(CeHttp.Answer raw) {
            try {
                return new Answer(raw.status(), JSON.readTree(raw.body()));
            } catch (IOException noJson) {
                return new Answer(raw.status(), JSON.createObjectNode()); // of a proxy before it
            }
        }
    }
}
