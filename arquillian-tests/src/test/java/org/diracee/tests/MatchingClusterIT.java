/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pilots ask two nodes for jobs while one or the other is killed: no job is handed out twice, none is lost. How often a node is killed
 * is told by the system property {@code matching.kills}.
 */
class MatchingClusterIT {

    private static final int PILOTS = 32;
    private static final int SWEEP = 400;
    private static final int KILLS = Integer.getInteger("matching.kills", 2);

    /** So many jobs are done between a node's return and the next kill. */
    private static final int BETWEEN_KILLS = 300;

    private static final Duration LONG = Duration.ofMinutes(4);

    private static RunningSystem system;
    private static List<RunningNode> nodes;

    private final String tag = "T" + JobsHttpIT.unique();
    private final List<Long> submitted = new ArrayList<>();
    private final Queue<HandedOut> answers = new ConcurrentLinkedQueue<>();
    private final Map<Long, AtomicInteger> done = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean over;

    /** What a pilot was answered. */
    private record HandedOut(long job, int attempt, String pilot) {}

    @BeforeAll
    static void start() {
        system = RunningSystem.ofItsOwn("system-matching", 2);
        nodes = List.of(system.node(0), system.node(1));
        CompletableFuture.allOf(nodes.stream()
                        .map(node -> CompletableFuture.runAsync(() -> start(node)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @Test
    void noJobIsHandedOutTwiceAndNoneIsLostWhileNodesAreKilled() throws Exception {
        Random random = new Random(20_261_127);
        submit();
        ExecutorService threads = Executors.newFixedThreadPool(PILOTS);
        try {
            List<CompletableFuture<Void>> pilots = new ArrayList<>();
            for (int pilot = 0; pilot < PILOTS; pilot++) {
                String stamp = Pilots.unique();
                JsonNode session = logIn(stamp);
                int preferred = pilot % 2;
                pilots.add(CompletableFuture.runAsync(() -> work(stamp, session, preferred), threads));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitDone(done.size() + BETWEEN_KILLS);
                RunningNode node = nodes.get(random.nextInt(nodes.size()));
                node.kill();
                awaitDone(done.size() + BETWEEN_KILLS);
                start(node);
            }
            await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> done.size() == submitted.size());
            over = true;
            CompletableFuture.allOf(pilots.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
        } finally {
            over = true;
            threads.shutdownNow();
        }

        assertThat(done.keySet()).isEqualTo(new TreeSet<>(submitted));
        assertThat(done.values()).as("each was done by one attempt").allMatch(times -> times.get() == 1);
        assertThat(answers.stream().map(one -> one.job() + "/" + one.attempt()))
                .as("no attempt was answered to two")
                .doesNotHaveDuplicates();
        Set<HandedOut> rows = rows();
        assertThat(rows).as("what was answered is in the database").containsAll(answers);
        System.out.printf(
                "%d jobs done once each by %d pilots on 2 nodes through %d kills; %d answers, %d hand-outs committed,"
                        + " %d requests unanswered%n",
                done.size(), PILOTS, KILLS, answers.size(), rows.size(), unanswered.get());
        assertThat((long) rows.size() - answers.size())
                .as("hand-outs whose answers were lost with a node; their jobs came back")
                .isBetween(0L, (long) unanswered.get());
    }

    /** Waits until so many jobs are done, submitting more when they run out. */
    private void awaitDone(int jobs) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (submitted.size() - done.size() < SWEEP) {
                submit();
            }
            return done.size() >= jobs;
        });
    }

    private void submit() {
        String key = JobsHttpIT.unique();
        String body =
                JobsHttpIT.jdls("Executable = \"/bin/true\"; Parameters = " + SWEEP + "; Tags = {\"" + tag + "\"};");
        submitted.addAll(JobsHttpIT.ids(answered(0, node -> JobsHttpIT.submit(system.user("alice", node), key, body))));
    }

    private static JsonNode logIn(String stamp) {
        String secret = Pilots.register(system, stamp, "demo");
        Answer answer = nodes.get(0)
                .anonymous()
                .post(
                        "/api/auth/secret-exchange",
                        "{\"pilot_stamp\":\"" + stamp + "\",\"pilot_secret\":\"" + secret + "\"}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private void work(String stamp, JsonNode session, int preferred) {
        List<Http> clients = nodes.stream().map(RunningNode::anonymous).toList();
        JsonNode tokens = session;
        while (!over) {
            String token = tokens.path("access_token").asText();
            Answer matched = answered(
                    preferred,
                    node -> clients.get(nodes.indexOf(node)).as(token).post("/api/jobs/match", request()));
            if (matched.status() == 401) {
                String refresh = "{\"pilot_stamp\":\"" + stamp + "\",\"refresh_token\":\""
                        + tokens.path("refresh_token").asText() + "\"}";
                tokens = answered(preferred, node -> clients.get(nodes.indexOf(node))
                                .post("/api/auth/pilot-token", refresh))
                        .json();
                continue;
            }
            assertThat(matched.status()).as(matched.toString()).isEqualTo(200);
            for (JsonNode job : matched.json().path("Jobs")) {
                long id = job.path("JobID").asLong();
                answers.add(new HandedOut(id, job.path("Attempt").asInt(), stamp));
                Answer reported = answered(preferred, node -> clients.get(nodes.indexOf(node))
                        .as(job.path("Token").asText())
                        .patch("/api/jobs/status", report(id)));
                if (reported.status() == 200) {
                    done.computeIfAbsent(id, none -> new AtomicInteger()).incrementAndGet();
                } else {
                    // reported so late that the job had come back; the next attempt does it
                    assertThat(reported.json().path("code").asText()).isEqualTo("STALE_ATTEMPT");
                }
            }
        }
    }

    private String request() {
        return "{\"Site\":\"DIRAC.Nowhere.test\",\"CPUTime\":500000,\"NumberOfJobs\":1,\"Tags\":[\"" + tag
                + "\"],\"RequiredTags\":[\"" + tag + "\"]}";
    }

    private static String report(long job) {
        Instant now = Instant.now();
        return "{\"" + job + "\":{\"" + now
                + "\":{\"Status\":\"Running\",\"MinorStatus\":\"Application\",\"Source\":\"test\"},\""
                + now.plusMillis(1)
                + "\":{\"Status\":\"Done\",\"MinorStatus\":\"Execution Complete\",\"Source\":\"test\"}}}";
    }

    /** The answer of the preferred node, or of the other while that is gone; as clients do it, until there is one. */
    private Answer answered(int preferred, Function<RunningNode, Answer> call) {
        for (int turn = preferred; ; turn++) {
            Optional<Answer> answer = tried(nodes.get(turn % nodes.size()), call);
            if (answer.isPresent()) {
                return answer.get();
            }
            unanswered.incrementAndGet();
        }
    }

    private static Optional<Answer> tried(RunningNode node, Function<RunningNode, Answer> call) {
        try {
            return Optional.of(call.apply(node)).filter(answer -> answer.status() < 500 && !isOfStartingServer(answer));
        } catch (UncheckedIOException killed) {
            return Optional.empty();
        }
    }

    /** A server answers with a page of its own for a moment, before its application is there; clients come again. */
    private static boolean isOfStartingServer(Answer answer) {
        return answer.status() == 404 && answer.text().startsWith("<html>");
    }

    private static void start(RunningNode node) {
        node.start(Map.of(
                "DIRAC_CLUSTER_HOSTS",
                nodes.stream().map(RunningNode::clusterHost).collect(Collectors.joining(","))));
    }

    private static Set<HandedOut> rows() throws SQLException {
        try (var connection = system.database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select job_id, attempt, pilot_stamp from wms.pilot_job")) {
            Set<HandedOut> found = ConcurrentHashMap.newKeySet();
            while (rows.next()) {
                found.add(new HandedOut(rows.getLong(1), rows.getInt(2), rows.getString(3)));
            }
            return found;
        }
    }
}
