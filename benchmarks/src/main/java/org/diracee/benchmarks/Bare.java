/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The same rows written by a client that does nothing else: no HTTP, no rights, no parsing. Works on copies of the
 * tables, with their indexes, in a schema of its own.
 */
final class Bare implements AutoCloseable {

    private static final String NEW_JOBS = """
            insert into bench.job (id, submission_id, sweep_index, sweep_values, vo, owner, owner_group, job_type, job_group,
                job_name, site, status, minor_status, user_priority, submission_time, last_update_time, task_queue_id,
                last_logged_time)
            select nextval('bench.job_id_seq'), 1, n, n::text, 'demo', 'alice', 'demo_user', 'User', 'bench', 'job-' || n,
                'ANY', 'Waiting', 'Pilot Agent Submission', 1, now(), now(), ?, now()
            from generate_series(1, ?) n returning id
            """;
    private static final String NEW_LOG = """
            insert into bench.job_log (job_id, status_time, status, minor_status, application_status, source)
            select id, now(), status, minor, 'Unknown', source
            from unnest(?) id, (values ('Received', 'Job accepted', 'JobManager'),
                ('Waiting', 'Pilot Agent Submission', 'JobScheduling')) record (status, minor, source)
            """;
    private static final String HAND_OUT = """
            update bench.job set status = 'Matched', minor_status = 'Assigned', attempt = attempt + 1, pilot_stamp = ?,
                last_update_time = now(), lease_until = now() + interval '300 seconds'
            where id = any (array(select id from bench.job where task_queue_id = ? and status = 'Waiting'
                order by user_priority desc, id limit ? for update skip locked))
            returning id
            """;
    private static final String HAND_OUT_LOG = """
            insert into bench.job_log (job_id, status_time, status, minor_status, application_status, source)
            select id, now(), 'Matched', 'Assigned', 'Unknown', 'Matcher' from unnest(?) id
            """;
    private static final String BEAT = "update bench.job set heart_beat_time = now() where id = ?";
    private static final String NEW_BEAT = """
            insert into bench.job_heartbeat (job_id, beat_at, load_average, memory_used, vsize, available_disk_space,
                cpu_consumed, wall_clock_time) values (?, now(), 1, 1, 1, 1, 1, 1)
            """;
    private static final String REPORT = """
            update bench.job set minor_status = 'Application', application_status = ?, last_update_time = now(),
                last_logged_time = now() where id between ? and ?
            """;
    private static final String REPORT_LOG = """
            insert into bench.job_log (job_id, status_time, status, minor_status, application_status, source)
            select id, now(), 'Running', 'Application', ?, 'JobWrapper' from generate_series(?, ?) id
            """;
    private static final String REVOKE = """
            update bench.refresh_token set status = 'REVOKED' where jti = ? and status = 'CREATED'
            """;
    private static final String NEW_TOKEN = """
            insert into bench.refresh_token (jti, family, kind, vo, subject, scope, status, issued, expires)
            values (?, ?, 'USER', 'demo', 'a-1', 'vo:demo group:demo_user', 'CREATED', now(), now() + interval '1 hour')
            """;

    private final Target target;
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Connection> mine = ThreadLocal.withInitial(this::open);

    Bare(Target target) throws SQLException {
        this.target = target;
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists bench cascade");
            statement.execute("create schema bench");
            statement.execute("create sequence bench.job_id_seq");
            statement.execute("create table bench.job (like wms.job including all)");
            statement.execute("create table bench.document (text text not null)");
            statement.execute("create table bench.refresh_token (like framework.refresh_token including all)");
            statement.execute("create table bench.job_heartbeat (like wms.job_heartbeat including all)");
            statement.execute("create table bench.job_log (like wms.job_log including all)");
        }
    }

    /** Commits this many jobs with their two log records. */
    long submit(int jobs, long queue) throws SQLException {
        Connection connection = mine.get();
        try (PreparedStatement insert = connection.prepareStatement(NEW_JOBS);
                PreparedStatement log = connection.prepareStatement(NEW_LOG)) {
            insert.setLong(1, queue);
            insert.setInt(2, jobs);
            Long[] ids = new Long[jobs];
            try (ResultSet made = insert.executeQuery()) {
                for (int job = 0; made.next(); job++) {
                    ids[job] = made.getLong(1);
                }
            }
            log.setArray(1, connection.createArrayOf("bigint", ids));
            log.executeUpdate();
            connection.commit();
            return jobs;
        }
    }

    /** Commits a hand-out of so many jobs with their log records; returns how many the queue had. */
    long handOut(String stamp, long queue, int jobs) throws SQLException {
        Connection connection = mine.get();
        try (PreparedStatement take = connection.prepareStatement(HAND_OUT);
                PreparedStatement log = connection.prepareStatement(HAND_OUT_LOG)) {
            take.setString(1, stamp);
            take.setLong(2, queue);
            take.setInt(3, jobs);
            List<Long> taken = new ArrayList<>();
            try (ResultSet rows = take.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getLong(1));
                }
            }
            log.setArray(1, connection.createArrayOf("bigint", taken.toArray()));
            log.executeUpdate();
            connection.commit();
            return taken.size();
        }
    }

    /** Commits a sign of life of a job. */
    long beat(long id) throws SQLException {
        Connection connection = mine.get();
        for (String sql : List.of(BEAT, NEW_BEAT)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id);
                statement.executeUpdate();
            }
        }
        connection.commit();
        return 1;
    }

    /** Commits a report about each job of a range of ids. */
    long report(long first, int jobs, String text) throws SQLException {
        Connection connection = mine.get();
        for (String sql : List.of(REPORT, REPORT_LOG)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, text);
                statement.setLong(2, first);
                statement.setLong(3, first + jobs - 1);
                statement.executeUpdate();
            }
        }
        connection.commit();
        return jobs;
    }

    /** Reads one row by its key. */
    long read(long id) throws SQLException {
        Connection connection = mine.get();
        try (PreparedStatement select = connection.prepareStatement("select * from wms.job where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
            }
            connection.commit();
            return 1;
        }
    }

    /** Commits a text as one row. */
    long store(String text) throws SQLException {
        Connection connection = mine.get();
        try (PreparedStatement insert = connection.prepareStatement("insert into bench.document (text) values (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
            connection.commit();
            return 1;
        }
    }

    /** Commits the first token of a session. */
    UUID newSession() throws SQLException {
        UUID token = UUID.randomUUID();
        Connection connection = mine.get();
        insertToken(connection, token);
        connection.commit();
        return token;
    }

    /** Commits the successor of a token. */
    UUID refresh(UUID token) throws SQLException {
        UUID next = UUID.randomUUID();
        Connection connection = mine.get();
        try (PreparedStatement revoke = connection.prepareStatement(REVOKE)) {
            revoke.setObject(1, token);
            revoke.executeUpdate();
        }
        insertToken(connection, next);
        connection.commit();
        return next;
    }

    private static void insertToken(Connection connection, UUID token) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(NEW_TOKEN)) {
            insert.setObject(1, token);
            insert.setObject(2, token);
            insert.executeUpdate();
        }
    }

    private Connection open() {
        try {
            Connection connection = target.connect();
            connection.setAutoCommit(false);
            connections.add(connection);
            return connection;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema bench cascade");
        }
    }
}
