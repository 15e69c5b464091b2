/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Waiting jobs in the shape of a production installation, see {@code benchmarks/data/lhcb-waiting-jobs}. They are written by SQL, without
 * the log lines of their submission: how fast jobs are submitted is another benchmark.
 */
final class WaitingJobs {

    private static final int QUEUES_COUNTED = 501;
    private static final long SEED = 20_260_328;
    private static final String NEW_QUEUE = """
            insert into wms.task_queue (digest, vo, owner, owner_group, cpu_time, sites, platforms, job_types, priority,
                created)
            values (?, 'demo', 'alice', ?, ?, ?, ?, ?, ?, now())
            on conflict (digest) do update set enabled = true, priority = excluded.priority
            returning id
            """;
    private static final String MISSING_JOBS = """
            insert into wms.job (submission_id, sweep_index, vo, owner, owner_group, job_type, job_group, job_name, site,
                status, minor_status, user_priority, submission_time, last_update_time, last_logged_time, task_queue_id)
            select ?, 0, queue.vo, queue.owner, queue.owner_group, queue.job_types[1], '00000000', 'bench', 'Multiple',
                'Waiting', 'Pilot Agent Submission', 1, now(), now(), now(), queue.id
            from wms.task_queue queue, generate_series(1, ? - (
                select count(*) from wms.job where task_queue_id = queue.id and status = 'Waiting'))
            where queue.id = ?
            """;

    private final Target target;
    private final List<String[]> queues;
    private final List<Share> sites;
    private final List<Share> platforms;
    private final List<Share> jobTypes;

    /** A value with the number of queues that list it and of jobs that wait in them. */
    private record Share(String value, int queues, int jobs) {}

    WaitingJobs(Target target, Path root) throws IOException {
        this.target = target;
        Path data = root.resolve("benchmarks/data/lhcb-waiting-jobs");
        queues = rows(data.resolve("task_queues.csv"));
        sites = shares(data.resolve("sites.csv"));
        platforms = shares(data.resolve("platforms.csv"));
        jobTypes = shares(data.resolve("job_types.csv"));
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

    /**
     * Makes the queues, and as many jobs in each as wait there times the factor; returns how many jobs wait in all.
     *
     * @param submission whose description all the jobs have
     */
    long fill(double factor, long submission) throws SQLException {
        Random random = new Random(SEED);
        long jobs = 0;
        try (Connection connection = target.connect();
                PreparedStatement queue = connection.prepareStatement(NEW_QUEUE);
                PreparedStatement waiting = connection.prepareStatement(MISSING_JOBS)) {
            for (int number = 0; number < queues.size(); number++) {
                String[] row = queues.get(number);
                queue.setString(1, "bench-lhcb-" + number);
                queue.setString(2, row[1]);
                queue.setInt(3, Integer.parseInt(row[0]));
                queue.setArray(4, connection.createArrayOf("text", listed(sites, random)));
                queue.setArray(5, connection.createArrayOf("text", listed(platforms, random)));
                queue.setArray(6, connection.createArrayOf("text", new String[] {one(jobTypes, random)}));
                queue.setDouble(7, Double.parseDouble(row[2]));
                long id;
                try (ResultSet made = queue.executeQuery()) {
                    made.next();
                    id = made.getLong(1);
                }
                long size = Math.round(Integer.parseInt(row[3]) * factor);
                waiting.setLong(1, submission);
                waiting.setLong(2, size);
                waiting.setLong(3, id);
                waiting.executeUpdate();
                jobs += size;
            }
        }
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze wms.job");
            statement.execute("analyze wms.task_queue");
        }
        return jobs;
    }

    private static String[] listed(List<Share> shares, RandomGenerator random) {
        List<String> listed = new ArrayList<>();
        for (Share share : shares) {
            if (random.nextInt(QUEUES_COUNTED) < share.queues) {
                listed.add(share.value);
            }
        }
        return listed.toArray(new String[0]);
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
