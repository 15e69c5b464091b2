/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs as they are followed live: by requests that wait, and by a stream of events that is taken up again where it broke. */
class LiveHttpIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    static RunningSystem system;
    static Http alice;
    static Http bob;
    static Http root;
    static Http carol;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.anonymous().as(logIn("alice").path("access_token").asText());
        bob = system.anonymous().as(logIn("bob").path("access_token").asText());
        root = system.user("root");
        carol = system.user("carol");
    }

    @Test
    void aRequestThatWaitsIsAnsweredWhenSomethingHappens() {
        long id = submit(alice);
        String next = changes(alice, "").path("next").asText();
        long begin = System.nanoTime();
        CompletableFuture<JsonNode> waiting =
                CompletableFuture.supplyAsync(() -> changes(alice, "wait=30&id=" + id + "&after=" + next));
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");

        JsonNode answer = waiting.join();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(answer.path("changes")).hasSize(1);
        JsonNode change = answer.path("changes").path(0);
        assertThat(change.path("JobID").asLong()).isEqualTo(id);
        assertThat(change.path("Status").asText()).isEqualTo("Killed");
        assertThat(change.path("Owner").asText()).isEqualTo("alice");
        assertThat(changes(alice, "id=" + id + "&after=" + answer.path("next").asText())
                        .path("changes"))
                .isEmpty();
    }

    @Test
    void aRequestThatWaitsInVainAnswersWhenItsTimeIsUp() {
        String next = changes(alice, "").path("next").asText();

        JsonNode answer = changes(alice, "wait=1&id=999999999&after=" + next);

        assertThat(answer.path("changes")).isEmpty();
        assertThat(answer.path("next").asText()).isNotEmpty();
    }

    @Test
    void refusesWhatIsNoCursorAndWhatIsNotKept() {
        assertThat(alice.get("/api/jobs/changes?after=1'--").status()).isEqualTo(400);
        Answer gone = alice.get("/api/jobs/changes?after=1-1-a");
        assertThat(gone.status()).as(gone.toString()).isEqualTo(410);
        assertThat(gone.detail()).contains("after=oldest");
        assertThat(alice.get("/api/events?after=1-1-a").status()).isEqualTo(410);
        assertThat(alice.get("/api/jobs/changes?id=x").status()).isEqualTo(422);
        assertThat(alice.get("/api/events?status=Nothing").status()).isEqualTo(400);
        assertThat(alice.get("/api/jobs/changes?wait=31").status()).isEqualTo(422);
        assertThat(system.anonymous().get("/api/events").status()).isEqualTo(401);
    }

    @Test
    void aStreamTellsWhatHappensAndIsTakenUpAgainWhereItBroke() {
        long id = submit(alice);
        String lastId;
        try (Events events = new Events(alice, "id=" + id, "")) {
            events.untilComment();
            JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
            Event event = events.next();
            assertThat(event.name()).isEqualTo("job");
            assertThat(event.data().path("Status").asText()).isEqualTo("Killed");
            lastId = event.id();
        }
        JobsHttpIT.status(alice, id, "Deleted", "Checking accounting");
        try (Events events = new Events(alice, "id=" + id, lastId)) {
            Event event = events.next();
            assertThat(event.data().path("Status").asText()).isEqualTo("Deleted");
        }
    }

    @Test
    void aStreamBeginsWithTheOldestIfItIsAskedTo() {
        long id = submit(alice);

        try (Events events = new Events(alice, "after=oldest&duration=2&id=" + id, "")) {
            assertThat(events.next().data().path("Status").asText()).isEqualTo("Received");
            assertThat(events.next().data().path("Status").asText()).isEqualTo("Waiting");
            assertThat(events.next().name()).isEqualTo("end");
            assertThat(events.isAtEnd()).isTrue();
        }
    }

    @Test
    void othersHearNothingOfIt() {
        long id = submit(alice);

        try (Events events = new Events(carol, "after=oldest&duration=1&id=" + id, "")) {
            assertThat(events.next().name()).isEqualTo("end");
        }
    }

    @Test
    void aStreamEndsWithinSecondsWhenItsReaderIsSuspended() {
        try (Events events = new Events(bob, "", "")) {
            events.untilComment();
            Answer suspended = root.post(
                    "/api/suspensions", "{\"kind\":\"user\",\"vo\":\"demo\",\"name\":\"bob\",\"reason\":\"a test\"}");
            long begin = System.nanoTime();
            try {
                Event event = events.nextNamed("end");
                assertThat(event.data().path("reason").asText()).contains("bob", "suspended");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            } finally {
                root.delete("/api/suspensions/" + suspended.json().path("id").asLong());
            }
        }
    }

    @Test
    void aUserHasSoManyStreamsAndNoMore() {
        List<Events> open = new ArrayList<>();
        try {
            for (int number = 0; number < 20; number++) {
                open.add(new Events(root, "", ""));
            }
            Answer refused = root.get("/api/events");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isPresent();
        } finally {
            open.forEach(Events::close);
        }
    }

    @Test
    void aStreamIsToldThatItsNodeGoesDownAndIsTakenUpAgainWhenItIsBack() {
        long id = submit(alice);
        String lastId;
        CompletableFuture<Void> stopped;
        try (Events events = new Events(alice, "id=" + id, "")) {
            events.untilComment();
            stopped = CompletableFuture.runAsync(system.node(0)::stop);
            Event end = events.nextNamed("end");
            assertThat(end.data().path("reason").asText()).contains("goes down");
            lastId = end.id();
        }
        stopped.join();
        system.recover();
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");

        try (Events events = new Events(alice, "id=" + id, lastId)) {
            assertThat(events.next().data().path("Status").asText()).isEqualTo("Killed");
        }
    }

    @Test
    void aStreamEndsWithItsSession() {
        JsonNode tokens = logIn("alice");
        try (Events events =
                new Events(system.anonymous().as(tokens.path("access_token").asText()), "", "")) {
            events.untilComment();
            system.anonymous()
                    .form(
                            "/api/auth/revoke",
                            Map.of("token", tokens.path("refresh_token").asText(), "client_id", RunningSystem.CLIENT));
            long begin = System.nanoTime();
            assertThat(events.nextNamed("end").data().path("reason").asText()).contains("session has ended");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aSearchIsExportedWithoutPages() {
        String group = JobsHttpIT.unique();
        alice.post(
                "/api/jobs/jdl",
                JobsHttpIT.jdls("Parameters = 4500; JobGroup = \"" + group + "\";" + JobsHttpIT.NOWHERE));
        String search = "{\"parameters\":[\"JobID\",\"Status\"],\"search\":[{\"parameter\":\"JobGroup\","
                + "\"operator\":\"eq\",\"value\":\"" + group + "\"}]}";

        Answer csv = exported(alice, "text/csv", search);
        Answer ndjson = exported(alice, "application/x-ndjson", search);

        assertThat(csv.text().split("\r\n", -1)).hasSize(4502).startsWith("JobID,Status");
        assertThat(csv.text().lines().skip(1).distinct()).hasSize(4500);
        assertThat(ndjson.text().lines()).hasSize(4500).allMatch(line -> line.contains("\"Status\":\"Waiting\""));
        assertThat(exported(carol, "text/csv", search).text()).isEqualTo("JobID,Status\r\n");
        assertThat(exported(alice, "text/csv", "{\"distinct\":true}").status()).isEqualTo(400);
    }

    private static Answer exported(Http caller, String type, String search) {
        return caller.send(caller.request("/api/jobs/search")
                .header("Content-Type", Http.JSON)
                .header("Accept", type)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(search)));
    }

    @Test
    void aWebhookIsShownWithoutItsSecret() {
        Answer made = alice.post("/api/webhooks", "{\"url\":\"https://hooks.invalid/x\"}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String id = made.json().path("id").asText();
        assertThat(made.json().path("secret").asText()).startsWith("whsec_");
        assertThat(made.header("Location").orElse("")).endsWith("/api/webhooks/" + id);

        Answer shown = alice.get("/api/webhooks/" + id);
        assertThat(shown.json().has("secret")).isFalse();
        assertThat(shown.json().path("enabled").asBoolean()).isTrue();
        assertThat(bob.get("/api/webhooks/" + id).status()).isEqualTo(404);
        assertThat(alice.patch("/api/webhooks/" + id, "{\"enabled\":false}")
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(alice.get("/api/webhooks/" + id + "/deliveries").json()).isEmpty();
        assertThat(alice.delete("/api/webhooks/" + id).status()).isEqualTo(204);
        assertThat(alice.get("/api/webhooks/" + id).status()).isEqualTo(404);
        assertThat(alice.post("/api/webhooks", "{\"url\":\"https://127.0.0.1/x\"}")
                        .status())
                .isEqualTo(400);
    }

    /** A session of its own: those that other suites share, they may end. */
    private static JsonNode logIn(String user) {
        Answer flow = system.anonymous()
                .send(system.anonymous()
                        .request("/api/auth/device?client_id=" + RunningSystem.CLIENT + "&scope="
                                + Http.encoded("vo:demo group:demo_user"))
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
        Approval.approve(
                system.anonymous(),
                flow.json().path("verification_uri_complete").asText(),
                user,
                "pw-" + user);
        return system.anonymous()
                .form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "client_id",
                                RunningSystem.CLIENT,
                                "device_code",
                                flow.json().path("device_code").asText()))
                .json();
    }

    private static long submit(Http caller) {
        return JobsHttpIT.ids(caller.post("/api/jobs/jdl", JobsHttpIT.jdls(JobsHttpIT.NOWHERE)))
                .get(0);
    }

    private static JsonNode changes(Http caller, String query) {
        Answer answer = caller.get("/api/jobs/changes?" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private record Event(String id, String name, JsonNode data) {}

    /** An open stream, read as the HTML standard says. */
    private static final class Events implements AutoCloseable {

        private final Stream<String> stream;
        private final Iterator<String> lines;

        Events(Http caller, String query, String lastId) {
            var request = caller.request("/api/events?" + query).header("Accept", "text/event-stream");
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<Stream<String>> answer = caller.lines(request.GET());
            stream = answer.body();
            lines = stream.iterator();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        }

        void untilComment() {
            while (!lines.next().startsWith(":")) {
                // the stream has begun with the first comment
            }
        }

        Event nextNamed(String name) {
            Event event = next();
            while (!event.name().equals(name)) {
                event = next();
            }
            return event;
        }

        Event next() {
            String id = "";
            String name = "message";
            StringBuilder data = new StringBuilder();
            while (true) {
                String line = lines.next();
                if (line.isEmpty()) {
                    if (data.length() > 0) {
                        return new Event(id, name, read(data.toString()));
                    }
                } else if (!line.startsWith(":")) {
                    int colon = line.indexOf(':');
                    String value = line.substring(colon + 1).strip();
                    switch (line.substring(0, colon)) {
                        case "id" -> id = value;
                        case "event" -> name = value;
                        case "data" -> data.append(value);
                        default -> assertThat(line).startsWith("retry:");
                    }
                }
            }
        }

        boolean isAtEnd() {
            while (lines.hasNext()) {
                if (!lines.next().isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        private static JsonNode read(String text) {
            try {
                return JSON.readTree(text.getBytes(UTF_8));
            } catch (JsonProcessingException notJson) {
                throw new AssertionError(text, notJson);
            } catch (java.io.IOException failed) {
                throw new AssertionError(text, failed);
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
