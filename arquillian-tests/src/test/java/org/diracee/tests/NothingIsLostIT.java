/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes are killed at the worst moment; what was acknowledged stays, what was not leaves no half. */
class NothingIsLostIT {

    private static final int SWEEP = 2_000;

    static RunningSystem system;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.user("alice");
    }

    @AfterEach
    void leaveTheSystemUp() {
        system.recover();
    }

    @Test
    void aServerKilledDuringBulkSubmissionKeepsEverySweepWholeOrAbsent() throws Exception {
        String group = JobsHttpIT.unique();
        String body =
                JobsHttpIT.jdls("Parameters = " + SWEEP + "; JobGroup = \"" + group + "\"; " + JobsHttpIT.NOWHERE);
        Map<String, List<Long>> acknowledged = new TreeMap<>();
        List<String> unanswered = new ArrayList<>();

        ExecutorService submitters = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Void>> running = IntStream.range(0, 4)
                    .mapToObj(submitter -> CompletableFuture.runAsync(
                            () -> submitUntilTheServerIsGone(group, submitter, body, acknowledged, unanswered),
                            submitters))
                    .toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> size(acknowledged) >= 6);
            system.killServer();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        } finally {
            submitters.shutdownNow();
        }
        system.startServer();

        for (String key : unanswered) {
            Answer repeat = JobsHttpIT.submit(alice, key, body);
            assertThat(repeat.status()).as(repeat.toString().substring(0, 200)).isEqualTo(201);
            acknowledged.put(key, JobsHttpIT.ids(repeat));
        }
        List<Long> all = acknowledged.values().stream().flatMap(List::stream).toList();
        assertThat(all).doesNotHaveDuplicates().hasSize(acknowledged.size() * SWEEP);
        assertThat(JobsHttpIT.summary(alice, group).path(0).path("count").asInt())
                .as("every acknowledged job, no half sweep, none anew by the repeats")
                .isEqualTo(all.size());
    }

    @Test
    void aDatabaseKilledAndStartedAgainIsUsedAgainAndKeptWhatWasAcknowledged() {
        long before = JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls(JobsHttpIT.NOWHERE)))
                .get(0);
        system.database().kill();
        Answer down = alice.get("/api/jobs/" + before);
        assertThat(down.status()).as(down.toString()).isEqualTo(503);
        assertThat(down.header("Retry-After")).isPresent();
        assertThat(system.anonymous().get("/api/health/ready").status()).isEqualTo(503);

        system.database().recover();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(alice.get("/api/jobs/" + before).status()).isEqualTo(200));
        assertThat(JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls(JobsHttpIT.NOWHERE))))
                .hasSize(1);
    }

    @Test
    void aJobMatchedAndNeverStartedIsHandedOutAgainAndTheOldWrapperIsFencedOff() {
        String tag = "T" + JobsHttpIT.unique();
        long id = JobsHttpIT.ids(alice.post(
                        "/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\"; Tags = {\"" + tag + "\"};")))
                .get(0);
        JsonNode lost = Pilots.match(Pilots.started(system, Pilots.unique()), tag);
        assertThat(lost.path("JobID").asLong()).isEqualTo(id);

        Http second = Pilots.started(system, Pilots.unique());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Pilots.match(second, tag).path("JobID").asLong() == id);

        Http old = system.anonymous().as(lost.path("Token").asText());
        Answer late = JobsHttpIT.status(old, id, "Running", "Job Initialization");
        assertThat(late.status()).as(late.toString()).isEqualTo(409);
        assertThat(late.json().path("code").asText()).isEqualTo("STALE_ATTEMPT");
        assertThat(JobsHttpIT.job(alice, id).path("Status").asText()).isEqualTo("Matched");
    }

    private static void submitUntilTheServerIsGone(
            String group, int submitter, String body, Map<String, List<Long>> acknowledged, List<String> unanswered) {
        for (int submission = 0; ; submission++) {
            String key = group + "-" + submitter + "-" + submission;
            try {
                Answer answer = JobsHttpIT.submit(alice, key, body);
                if (answer.status() == 201) {
                    synchronized (acknowledged) {
                        acknowledged.put(key, JobsHttpIT.ids(answer));
                    }
                    continue;
                }
            } catch (UncheckedIOException gone) {
                // the expected end: the server was killed under this request
            }
            synchronized (acknowledged) {
                unanswered.add(key);
            }
            return;
        }
    }

    private static int size(Map<String, List<Long>> acknowledged) {
        synchronized (acknowledged) {
            return acknowledged.size();
        }
    }
}
