/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The log of jobs: appended to in the transaction of every change. */
@ApplicationScoped
public class JobLogRepository {

    /** Longest name of who reports; longer ones are cut. */
    public static final int SOURCE_LENGTH = 32;

    private EntityManager entities;

    protected JobLogRepository() {} // for the container's proxy

    @Inject
    public JobLogRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    public void append(Collection<LogRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        statement("""
                        insert into wms.job_log
                            (job_id, status_time, status, minor_status, application_status, source)
                        select * from unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[])""")
                .numbers(records, log -> log.job().number())
                .instants(records, LogRecord::time)
                .texts(records, log -> log.status().text())
                .texts(records, LogRecord::minorStatus)
                .texts(records, LogRecord::applicationStatus)
                .texts(records, log -> cut(log.source()))
                .run();
    }

    /** The newest record of the job not after this time. */
    public Optional<LogRecord> lastUntil(JobId job, Instant time) {
        return newest(job, "status_time <= ?", statement -> statement.instant(time));
    }

    /** The newest record of the job with another status than this one. */
    public Optional<LogRecord> lastBeside(JobId job, JobStatus status) {
        return newest(job, "status <> ?", statement -> statement.text(status.text()));
    }

    private Optional<LogRecord> newest(JobId job, String condition, UnaryOperator<SqlStatement> value) {
        return value
                .apply(statement(
                                "select status_time, status, minor_status, application_status, source from wms.job_log "
                                        + "where job_id = ? and " + condition
                                        + " order by status_time desc, sequence desc limit 1")
                        .number(job.number()))
                .rows(row -> new LogRecord(
                        job,
                        row.instant("status_time"),
                        JobStatus.parse(row.text("status")),
                        row.text("minor_status"),
                        row.text("application_status"),
                        row.text("source")))
                .stream()
                .findFirst();
    }

    /** Makes the partitions of the months from this day on. */
    public void ensureMonths(Instant from, int months) {
        statement("""
                        select wms.ensure_month(parent, ((? at time zone 'UTC')::date + later * interval '1 month')::date)::text
                        from unnest(array['job_log', 'job_heartbeat', 'pilot_log', 'job_snapshot', 'job_history',
                                'pilot_history', 'pilot_change']) parent, generate_series(0, ?::int - 1) later""").instant(from).number(months).rows(row -> true);
    }

    /** Drops the months of these tables that ended before; tells how many. */
    public int dropMonths(Collection<String> tables, Instant oldest) {
        return statement("select sum(wms.drop_months_before(parent, ?)) as dropped from unnest(?::text[]) parent")
                .instant(oldest)
                .texts(tables)
                .rows(row -> row.integer("dropped"))
                .get(0);
    }

    private static String cut(String source) {
        return source.length() <= SOURCE_LENGTH ? source : source.substring(0, SOURCE_LENGTH);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
