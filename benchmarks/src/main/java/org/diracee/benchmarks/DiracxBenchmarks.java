/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;

/**
 * Work that DiracX's API offers as well, by the same requests: measured on our server, and on DiracX as the peer. A user reports for the
 * jobs, as DiracX has no tokens of jobs.
 */
final class DiracxBenchmarks {

    /** The most that DiracX takes in a call. */
    private static final int JOBS_PER_CALL = 20;

    private static final int CONNECTIONS = 16;
    private static final int BULK = 500;
    private static final int BULKS = 4;
    private static final int GROUP = BULK * BULKS;
    private static final Map<String, Double> MEASURED = Map.of(
            "LoadAverage",
            1.0,
            "MemoryUsed",
            2_000.0,
            "Vsize",
            3_000.0,
            "AvailableDiskSpace",
            40_000.0,
            "CPUConsumed",
            600.0,
            "WallClockTime",
            660.0);

    /** Work of the bare client that is the limit of a figure; DiracX has another database, and none. */
    interface Limit {
        double perSecond() throws Exception;
    }

    private final ApiClient user;
    private final String group = "peer" + UUID.randomUUID().toString().substring(0, 8);

    DiracxBenchmarks(ApiClient user) {
        this.user = user;
    }

    Measured measure(String name) throws Exception {
        return switch (name) {
            case "submission-20" ->
                new Measured(
                        "20 jobs in a request, the most that DiracX takes, durable, 16 connections",
                        "jobs/s",
                        Load.repeat(CONNECTIONS, this::submit));
            case "job-search" -> {
                jobs();
                yield new Measured(
                        "pages of the newest 100 of the " + GROUP + " jobs of a group with their total, 16 connections",
                        "requests/s",
                        Load.repeat(CONNECTIONS, this::search));
            }
            case "job-summary" -> {
                jobs();
                yield new Measured(
                        "counts by status and job type of the " + GROUP + " jobs of a group, 16 connections",
                        "requests/s",
                        Load.repeat(CONNECTIONS, this::summary));
            }
            case "heartbeat-single" -> {
                List<Long> running = running();
                AtomicLong next = new AtomicLong();
                yield new Measured(
                        "heartbeats with six measurements, one job per request, " + GROUP
                                + " running jobs in turn, 16 connections",
                        "heartbeats/s",
                        Load.repeat(CONNECTIONS, () -> {
                            long job = running.get((int) (next.getAndIncrement() % GROUP));
                            user.exchange(
                                    ApiRequest.patch("/api/jobs/heartbeat").json(Map.of(job, MEASURED)));
                            return 1;
                        }));
            }
            case "status-bulk" -> {
                List<Long> running = running();
                BlockingQueue<List<Long>> bulks = new ArrayBlockingQueue<>(BULKS);
                for (int bulk = 0; bulk < BULKS; bulk++) {
                    bulks.add(running.subList(bulk * BULK, (bulk + 1) * BULK));
                }
                yield new Measured(
                        "new application status of 500 running jobs per request, 4 connections",
                        "jobs/s",
                        Load.repeat(BULKS, () -> {
                            List<Long> bulk = bulks.take();
                            report(
                                    bulk,
                                    Map.of(
                                            "ApplicationStatus",
                                            "Event " + System.nanoTime(),
                                            "MinorStatus",
                                            "Application",
                                            "Source",
                                            "JobWrapper"));
                            bulks.put(bulk);
                            return BULK;
                        }));
            }
            default ->
                throw new IllegalArgumentException("there is no benchmark " + name
                        + " that DiracX shares: allowed are submission-20, job-search, job-summary, heartbeat-single,"
                        + " status-bulk");
        };
    }

    /** The same by the bare client; NaN where nothing bare is the same. */
    static double limit(String name, Bare bare) throws Exception {
        AtomicLong next = new AtomicLong();
        return switch (name) {
            case "submission-20" -> Load.limit(CONNECTIONS, () -> bare.submit(JOBS_PER_CALL, 1));
            case "heartbeat-single" -> {
                bare.submit(GROUP, 1);
                yield Load.limit(CONNECTIONS, () -> bare.beat(1 + next.getAndIncrement() % GROUP));
            }
            case "status-bulk" -> {
                bare.submit(GROUP, 1);
                BlockingQueue<Integer> bulks = new ArrayBlockingQueue<>(BULKS);
                for (int bulk = 0; bulk < BULKS; bulk++) {
                    bulks.add(1 + bulk * BULK);
                }
                yield Load.limit(BULKS, () -> {
                    int first = bulks.take();
                    bare.report(first, BULK, "Event " + System.nanoTime());
                    bulks.put(first);
                    return BULK;
                });
            }
            default -> Double.NaN;
        };
    }

    private long submit() {
        String jdl = "Executable = \"/bin/true\"; JobName = \"peer\"; JobGroup = \"" + group + "\"; Site = \"ANY\";";
        return user.call(
                        ApiRequest.post("/api/jobs/jdl").json(Collections.nCopies(JOBS_PER_CALL, "[" + jdl + "]")),
                        JsonNode.class)
                .size();
    }

    /** The ids of the group's jobs, made when they are asked for first. */
    private List<Long> jobs() {
        List<Long> ids = new ArrayList<>();
        for (int made = 0; made < GROUP; made += JOBS_PER_CALL) {
            submit();
        }
        user.call(
                        ApiRequest.post("/api/jobs/search")
                                .query("per_page", GROUP)
                                .json(Map.of("parameters", List.of("JobID"), "search", List.of(inGroup()))),
                        JsonNode.class)
                .forEach(row -> ids.add(row.path("JobID").asLong()));
        return ids;
    }

    private List<Long> running() {
        List<Long> ids = jobs();
        for (int from = 0; from < GROUP; from += BULK) {
            List<Long> bulk = ids.subList(from, from + BULK);
            report(bulk, Map.of("Status", "Running", "MinorStatus", "Job Initialization", "Source", "JobWrapper"));
        }
        return ids;
    }

    private void report(List<Long> ids, Map<String, String> status) {
        Map<Long, Map<Instant, Map<String, String>>> reports = new HashMap<>();
        ids.forEach(id -> reports.put(id, Map.of(Instant.now(), status)));
        user.exchange(ApiRequest.patch("/api/jobs/status").query("force", true).json(reports));
    }

    private long search() {
        user.exchange(ApiRequest.post("/api/jobs/search")
                .query("per_page", 100)
                .json(Map.of(
                        "parameters",
                        List.of("JobID", "Status", "MinorStatus", "Site", "JobName", "Owner", "SubmissionTime"),
                        "search",
                        List.of(inGroup()),
                        "sort",
                        List.of(Map.of("parameter", "JobID", "direction", "desc")))));
        return 1;
    }

    private long summary() {
        user.exchange(ApiRequest.post("/api/jobs/summary")
                .json(Map.of("grouping", List.of("Status", "JobType"), "search", List.of(inGroup()))));
        return 1;
    }

    private Map<String, String> inGroup() {
        return Map.of("parameter", "JobGroup", "operator", "eq", "value", group);
    }

    /** What a server did. */
    record Measured(String work, String unit, double[] runs) {}
}
