/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.diracee.client.Jobs;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.Summarize;

/**
 * Waiting jobs in the shape of a production installation, see {@code benchmarks/data/lhcb-waiting-jobs}, submitted as sweeps. The jobs of
 * each queue are a job group.
 */
final class WaitingJobs {

    static final int QUEUES = 498;

    private static final int QUEUES_COUNTED = 501;
    private static final long SEED = 20_260_328;
    private static final int JOBS_PER_REQUEST = 10_000;
    private static final String GROUP = "lhcb-";
    private static final String PLATFORM = "bench-";

    private final List<Queue> queues = new ArrayList<>();
    private final List<Share> sites;
    private final List<Share> platforms;
    private final List<Share> jobTypes;

    /** A value with the number of queues that list it and of jobs that wait in them. */
    private record Share(String value, int queues, int jobs) {}

    private record Queue(int cpuTime, List<String> sites, List<String> platforms, String jobType, int jobs) {}

    WaitingJobs(Path root) throws IOException {
        Path data = root.resolve("benchmarks/data/lhcb-waiting-jobs");
        sites = shares(data.resolve("sites.csv"));
        platforms = shares(data.resolve("platforms.csv"));
        jobTypes = shares(data.resolve("job_types.csv"));
        Random random = new Random(SEED);
        for (String[] row : rows(data.resolve("task_queues.csv"))) {
            queues.add(new Queue(
                    Integer.parseInt(row[0]),
                    listed(sites, random),
                    listed(platforms, random),
                    one(jobTypes, random),
                    Integer.parseInt(row[3])));
        }
    }

    private static List<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static List<Share> shares(Path file) throws IOException {
        return rows(file).stream()
                .map(row -> new Share(row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2])))
                .toList();
    }

    /** The part of the configuration that the descriptions refer to: sites, and a platform for each queue. */
    String resources() {
        StringBuilder text = new StringBuilder("Resources\n{\n")
                .append("  StorageElements\n  {\n    BENCH-disk\n    {\n      BasePath = storage/BENCH-disk\n")
                .append("      DiracEE\n      {\n        Protocol = https\n      }\n    }\n  }\n")
                .append("  Sites\n  {\n    DIRAC.Bench.bench\n    {\n    }\n")
                .append("    # has no computing elements: its jobs wait\n    DIRAC.Nowhere.bench\n    {\n    }\n");
        sites.forEach(site -> text.append("    " + site.value + "\n    {\n    }\n"));
        text.append("  }\n  Computing\n  {\n    OSCompatibility\n    {\n");
        for (int queue = 0; queue < queues.size(); queue++) {
            List<String> compatible = queues.get(queue).platforms;
            if (!compatible.isEmpty()) {
                text.append("      " + PLATFORM + queue + " = " + String.join(", ", compatible) + "\n");
            }
        }
        return text.append("    }\n  }\n}\n").toString();
    }

    /**
     * Submits what is missing, so that as many jobs wait in each queue as there times the factor; returns how many were missing.
     */
    long fill(Jobs user, double factor) {
        Map<String, Long> waiting = new HashMap<>();
        for (ObjectNode row : user.summary(
                new Summarize(List.of("JobGroup"), List.of(SearchCondition.of("Status", "eq", "Waiting"))))) {
            waiting.put(row.path("JobGroup").asText(), row.path("count").asLong());
        }
        List<String> sweeps = new ArrayList<>();
        long missing = 0;
        for (int queue = 0; queue < queues.size(); queue++) {
            long left = Math.round(queues.get(queue).jobs * factor) - waiting.getOrDefault(GROUP + queue, 0L);
            for (; left > 0; left -= JOBS_PER_REQUEST) {
                long jobs = Math.min(left, JOBS_PER_REQUEST);
                sweeps.add(description(queue, jobs));
                missing += jobs;
            }
        }
        sweeps.parallelStream()
                .forEach(sweep -> user.submit(List.of(sweep), UUID.randomUUID().toString()));
        return missing;
    }

    private String description(int number, long jobs) {
        Queue queue = queues.get(number);
        String text = "Executable = \"/bin/true\"; CPUTime = " + queue.cpuTime + "; JobType = \"" + queue.jobType
                + "\"; JobGroup = \"" + GROUP + number + "\"; Parameters = " + jobs + ";";
        if (!queue.platforms.isEmpty()) {
            text += " Platform = \"" + PLATFORM + number + "\";";
        }
        if (!queue.sites.isEmpty()) {
            text += queue.sites.stream().collect(Collectors.joining("\", \"", " Site = {\"", "\"};"));
        }
        return text;
    }

    private static List<String> listed(List<Share> shares, RandomGenerator random) {
        List<String> listed = new ArrayList<>();
        for (Share share : shares) {
            if (random.nextInt(QUEUES_COUNTED) < share.queues) {
                listed.add(share.value);
            }
        }
        return listed;
    }

    /** A job group with waiting jobs. */
    static String group(RandomGenerator random) {
        return GROUP + random.nextInt(QUEUES);
    }

    /** A site with waiting jobs, the more the likelier. */
    String site(RandomGenerator random) {
        return one(sites, random);
    }

    /** A platform on which waiting jobs can run, the more the likelier. */
    String platform(RandomGenerator random) {
        return one(platforms, random);
    }

    private static String one(List<Share> shares, RandomGenerator random) {
        int left = random.nextInt(shares.stream().mapToInt(Share::jobs).sum());
        for (Share share : shares) {
            left -= share.jobs;
            if (left < 0) {
                return share.value;
            }
        }
        throw new IllegalStateException("the shares do not add up");
    }
}
