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
import java.util.List;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What running jobs measure, and the orders that wait for their next sign of life. */
@ApplicationScoped
public class HeartBeatRepository {

    private EntityManager entities;

    protected HeartBeatRepository() {} // for the container's proxy

    @Inject
    public HeartBeatRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    public void append(Collection<Measurement> measurements, Instant now) {
        if (measurements.isEmpty()) {
            return;
        }
        statement("""
                        insert into wms.job_heartbeat (beat_at, job_id, load_average, memory_used, vsize,
                            available_disk_space, cpu_consumed, wall_clock_time)
                        select ?, * from unnest(?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                            ?::float8[], ?::float8[])""")
                .instant(now)
                .numbers(measurements, measurement -> measurement.job().number())
                .doubles(measurements, Measurement::loadAverage)
                .doubles(measurements, Measurement::memoryUsed)
                .doubles(measurements, Measurement::vsize)
                .doubles(measurements, Measurement::availableDiskSpace)
                .doubles(measurements, Measurement::cpuConsumed)
                .doubles(measurements, Measurement::wallClockTime)
                .run();
    }

    /** Leaves an order for each job. */
    public void order(Collection<JobId> jobs, String command, Instant now) {
        if (jobs.isEmpty()) {
            return;
        }
        statement("insert into wms.job_command (job_id, command, received) select id, ?, ? from unnest(?::bigint[]) id")
                .text(command)
                .instant(now)
                .numbers(jobs, JobId::number)
                .run();
    }

    /** Takes the orders that wait for these jobs, so that nobody gets them again; oldest first. */
    public List<Order> takeOrders(Collection<JobId> jobs, Instant now) {
        return statement("""
                        with taken as (
                            update wms.job_command set sent = ? where job_id = any(?) and sent is null
                            returning id, job_id, command, arguments)
                        select job_id, command, arguments from taken order by id""")
                .instant(now)
                .numbers(jobs, JobId::number)
                .rows(row ->
                        new Order(new JobId(row.number("job_id")), row.text("command"), row.textOrNull("arguments")));
    }

    /** Forgets the orders for attempts that are over. */
    public void dropOrders(Collection<JobId> jobs) {
        statement("delete from wms.job_command where job_id = any(?) and sent is null")
                .numbers(jobs, JobId::number)
                .run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** An order for the wrapper of a job. */
    public record Order(JobId job, String command, @Nullable String arguments) {}

    /** What a watchdog measured; absent is what it did not. */
    public record Measurement(
            JobId job,
            @Nullable Double loadAverage,
            @Nullable Double memoryUsed,
            @Nullable Double vsize,
            @Nullable Double availableDiskSpace,
            @Nullable Double cpuConsumed,
            @Nullable Double wallClockTime) {}
}
