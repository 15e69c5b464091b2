/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.diracee.tests.ConfigurationCalls.edits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one database have one configuration, whatever happens to one of them or to the database. */
class ConfigurationClusterIT {

    private static final int WRITERS = 4;

    /** A commit that each of several options is part of, so that half of it would be seen. */
    private static final List<String> PARTS = List.of("First", "Second", "Third");

    static RunningSystem system;
    static RunningNode first;
    static RunningNode second;

    /** Down, unless a test wants it. */
    static RunningNode third;

    private final String own = "/Operations/Defaults/Tests/" + JobsHttpIT.unique();

    private record Acknowledged(long revision, String hash) {}

    @BeforeAll
    static void layOut() {
        system = RunningSystem.ofItsOwn("system-cluster", 3);
        first = system.node(0);
        second = system.node(1);
        third = system.node(2);
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @BeforeEach
    void bringUp() {
        CompletableFuture.allOf(Stream.of(first, second)
                        .filter(node -> !node.isAlive())
                        .map(node -> CompletableFuture.runAsync(() -> start(node)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @AfterEach
    void tidyUp() {
        system.database().recover();
        third.stop();
    }

    private static void start(RunningNode node) {
        node.start(Map.of(
                "DIRAC_CLUSTER_HOSTS",
                Stream.of(first, second, third).map(RunningNode::clusterHost).collect(Collectors.joining(","))));
    }

    private static ConfigurationCalls on(RunningNode node) {
        return new ConfigurationCalls(system.user("root", node));
    }

    @Test
    void aCommitOnOneNodeIsInForceOnTheOtherWithinASecond() {
        List<ConfigurationCalls> nodes = List.of(on(first), on(second));
        long[] millis = new long[20];
        for (int commit = 0; commit < millis.length; commit++) {
            String hash = committed(nodes.get(commit % 2).set(own + "/Note", "number " + commit));
            millis[commit] = millisUntilInForce(nodes.get((commit + 1) % 2), hash, Duration.ofSeconds(10));
        }
        Arrays.sort(millis);
        measured("a commit was read on the other node after its answer, ms", Arrays.toString(millis));

        // by the news: half of those that only the regular look into the database finds would take longer than a second
        assertThat(millis[15])
                .as("three quarters of " + Arrays.toString(millis))
                .isLessThan(1_000);
    }

    @Test
    void aNodeThatHearsNothingSeesACommitAtItsNextLook() {
        third.start(Map.of("DIRAC_CLUSTER_HOSTS", third.clusterHost()));
        List<Long> millis = new ArrayList<>();
        for (int commit = 0; commit < 5; commit++) {
            String hash = committed(on(first).set(own + "/Note", "number " + commit));
            millis.add(millisUntilInForce(on(third), hash, Duration.ofSeconds(20)));
        }
        measured("a commit was read on a node that hears nothing, ms", millis.toString());
    }

    @Test
    void aNodeThatJoinsLateHasTheRevisionInForceAndTheNewsFromThenOn() {
        String hash = committed(on(first).set(own + "/Note", "early"));

        start(third);

        assertThat(tag(on(third))).isEqualTo(hash);
        assertThat(on(third).value(own + "/Note")).isEqualTo("early");
        String later = committed(on(third).set(own + "/Note", "late"));
        for (RunningNode node : List.of(first, second)) {
            millisUntilInForce(on(node), later, Duration.ofSeconds(10));
        }
    }

    @Test
    void ofTwoCommitsAtOnceOneSucceedsAndTheOtherSeesBothSides() {
        for (int round = 0; round < 10; round++) {
            String path = own + "/Round" + round;
            committed(on(first).set(path, "base"));
            long base = on(first).inForce();
            CyclicBarrier together = new CyclicBarrier(2);
            List<Answer> answers = Stream.of(first, second)
                    .map(node -> {
                        ConfigurationCalls calls = on(node);
                        return CompletableFuture.supplyAsync(() -> {
                            meet(together);
                            return calls.set(base, path, "of port " + node.localPort());
                        });
                    })
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
            boolean firstWon = answers.get(0).status() == 201;
            RunningNode winner = firstWon ? first : second;
            RunningNode loser = firstWon ? second : first;
            JsonNode values = answers.get(firstWon ? 1 : 0).json().at("/errors/0/values");
            assertThat(values.path("base").asText()).isEqualTo("base");
            assertThat(values.path("theirs").asText()).isEqualTo("of port " + winner.localPort());
            assertThat(values.path("yours").asText()).isEqualTo("of port " + loser.localPort());
            assertThat(values.path("revision").asLong()).isEqualTo(base + 1);
            assertThat(on(first).inForce()).isEqualTo(base + 1);
        }
    }

    @Test
    void aNodeKilledAmongManyCommitsLosesNoneThatItAcknowledgedAndLeavesNoHalf() throws Exception {
        long before = on(first).inForce();
        Map<String, Acknowledged> acknowledged = new ConcurrentHashMap<>();
        List<String> unanswered = new ArrayList<>();
        ConfigurationCalls target = on(first);
        ConfigurationCalls survivor = on(second);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<CompletableFuture<Void>> running = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> commitUntilTheNodeIsGone(target, writer, acknowledged, unanswered), writers))
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() >= 40);
            first.kill();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        } finally {
            writers.shutdownNow();
        }

        JsonNode newest = survivor.newest();
        long latest = newest.path("revision").asLong();
        acknowledged.forEach((key, known) -> assertThat(revision(survivor, known.revision())
                        .at("/revision/hash")
                        .asText())
                .as("acknowledged " + key)
                .isEqualTo(known.hash()));
        for (long number = before + 1; number <= latest; number++) {
            assertThat(optionsChangedBy(survivor, number))
                    .as("revision " + number)
                    .hasSameElementsAs(PARTS);
        }
        millisUntilInForce(survivor, newest.path("hash").asText(), Duration.ofSeconds(20));
        measured(
                "killed among commits",
                acknowledged.size() + " acknowledged, " + unanswered.size() + " unanswered, of which "
                        + (latest - before - acknowledged.size()) + " were made");

        for (String key : unanswered) {
            Answer repeat = survivor.commit(key, commit(key));
            assertThat(repeat.status()).as(repeat.toString()).isEqualTo(201);
            acknowledged.put(
                    key,
                    new Acknowledged(
                            repeat.json().at("/revision/revision").asLong(),
                            repeat.json().at("/revision/hash").asText()));
        }
        assertThat(acknowledged.values().stream().map(Acknowledged::revision))
                .as("one revision for every commit, none twice by the repeats")
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(before + 1, survivor.inForce())
                        .boxed()
                        .toList());
        for (String key : acknowledged.keySet()) {
            assertThat(survivor.text("?path=" + own + "/" + key)).isEqualTo("First = x\nSecond = x\nThird = x\n");
        }

        start(first);
        assertThat(tag(on(first))).isEqualTo(tag(survivor));
    }

    @Test
    void withoutTheDatabaseReadersGoOnAndWritersAreToldToComeBack() {
        String hash = committed(on(first).set(own + "/Note", "before"));
        millisUntilInForce(on(second), hash, Duration.ofSeconds(10));
        String text = on(first).text("");
        List<ConfigurationCalls> nodes = List.of(on(first), on(second));
        system.database().kill();

        for (ConfigurationCalls calls : nodes) {
            assertThat(calls.caller().get("/api/config/").status()).isEqualTo(200);
            assertThat(tag(calls)).isEqualTo(hash);
            assertThat(calls.text("")).isEqualTo(text);
            // who changed it last is not known without the database
            Answer option = calls.caller().get("/api/config/option?path=" + own + "/Note");
            assertThat(option.status()).as(option.toString()).isIn(200, 503);
            long begin = System.nanoTime();
            Answer refused = calls.set(own + "/Note", "meanwhile");
            measured("a commit without the database was refused after, ms", Long.toString(millisSince(begin)));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.json().path("code").asText()).isEqualTo("UNAVAILABLE");
        }
        system.database().recover();

        long begin = System.nanoTime();
        Answer done = eventually(() -> on(first).set(own + "/Note", "after"));
        measured("a commit succeeded after the database was back, ms", Long.toString(millisSince(begin)));
        millisUntilInForce(on(second), committed(done), Duration.ofSeconds(20));
        assertThat(on(second).text("?path=" + own)).isEqualTo("Note = after\n");
    }

    private void commitUntilTheNodeIsGone(
            ConfigurationCalls target, int writer, Map<String, Acknowledged> acknowledged, List<String> unanswered) {
        for (int number = 0; ; number++) {
            String key = "W" + writer + "N" + number;
            try {
                Answer answer = target.commit(key, commit(key));
                if (answer.status() == 201) {
                    JsonNode revision = answer.json().path("revision");
                    acknowledged.put(
                            key,
                            new Acknowledged(
                                    revision.path("revision").asLong(),
                                    revision.path("hash").asText()));
                    continue;
                }
            } catch (UncheckedIOException gone) {
                // the expected end: the node was killed under this request
            }
            synchronized (unanswered) {
                unanswered.add(key);
            }
            return;
        }
    }

    private ObjectNode commit(String key) {
        return edits(PARTS.stream().collect(Collectors.toMap(part -> own + "/" + key + "/" + part, part -> "x")));
    }

    /** The names of the options that a revision brought in; their section comes with them. */
    private static List<String> optionsChangedBy(ConfigurationCalls calls, long number) {
        JsonNode changes = revision(calls, number).path("changes");
        List<String> names = new ArrayList<>();
        changes.forEach(change -> {
            if (change.has("after")) {
                String path = change.path("path").asText();
                names.add(path.substring(path.lastIndexOf('/') + 1));
            }
        });
        return names;
    }

    private static JsonNode revision(ConfigurationCalls calls, long number) {
        Answer answer = calls.caller().get(ConfigurationCalls.REVISIONS + "/" + number);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** The hash of the revision that this answer says is made. */
    private static String committed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().at("/revision/hash").asText();
    }

    private static String tag(ConfigurationCalls calls) {
        return calls.caller().get("/api/config/").header("ETag").orElse("");
    }

    private static long millisUntilInForce(ConfigurationCalls calls, String hash, Duration atMost) {
        long begin = System.nanoTime();
        await("revision in force")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(atMost)
                .until(() -> tag(calls).equals(hash));
        return millisSince(begin);
    }

    private static Answer eventually(Supplier<Answer> commit) {
        return await().atMost(Duration.ofSeconds(60)).until(commit::get, answer -> answer.status() == 201);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static void measured(String what, String figure) {
        System.out.println("measured: " + what + ": " + figure);
    }
}
