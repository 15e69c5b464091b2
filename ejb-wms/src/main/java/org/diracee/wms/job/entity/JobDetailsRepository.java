/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Reads what is known of single jobs beyond the columns that are searched. */
@ApplicationScoped
public class JobDetailsRepository {

    private EntityManager entities;

    protected JobDetailsRepository() {} // for the container's proxy

    @Inject
    public JobDetailsRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Whose the job is and where it stands. */
    public Optional<Holding> holding(JobId job) {
        return statement("""
                        select vo, owner, owner_group, site, attempt, pilot_stamp from wms.job where id = ?""")
                .number(job.number())
                .rows(row -> new Holding(
                        new VoName(row.text("vo")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        row.text("site"),
                        row.integer("attempt"),
                        Optional.ofNullable(row.textOrNull("pilot_stamp"))))
                .stream()
                .findFirst();
    }

    /** The description that the job shares with its sweep, and the job's place in it. */
    public Optional<Description> description(JobId job) {
        return statement("""
                        select submission.description, submission.warnings, job.sweep_index, job.sweep_values
                        from wms.job job join wms.submission submission on submission.id = job.submission_id
                        where job.id = ?""")
                .number(job.number())
                .rows(row -> new Description(
                        row.text("description"),
                        row.integer("sweep_index"),
                        Optional.ofNullable(row.textOrNull("sweep_values")),
                        row.texts("warnings")))
                .stream()
                .findFirst();
    }

    /** Parameters by name, in the order of the names. */
    public Map<String, String> parameters(JobId job) {
        Map<String, String> parameters = new LinkedHashMap<>();
        statement("select name, value from wms.job_parameter where job_id = ? order by name")
                .number(job.number())
                .rows(row -> parameters.put(row.text("name"), row.text("value")));
        return parameters;
    }

    /** Parameters of attempts before a rescheduling, by the number of the cycle that ended with it. */
    public Map<Integer, Map<String, String>> attic(JobId job) {
        Map<Integer, Map<String, String>> attic = new TreeMap<>();
        statement("select reschedule_cycle, name, value from wms.job_parameter_attic where job_id = ? order by 1, 2")
                .number(job.number())
                .rows(row -> attic.computeIfAbsent(row.integer("reschedule_cycle"), cycle -> new LinkedHashMap<>())
                        .put(row.text("name"), row.text("value")));
        return attic;
    }

    /** What the newest heartbeats measured, at most this many; in the order of time. */
    public List<Beat> beats(JobId job, int newest) {
        return statement("""
                        select * from (
                            select beat_at, load_average, memory_used, vsize, available_disk_space, cpu_consumed,
                                wall_clock_time
                            from wms.job_heartbeat where job_id = ? order by beat_at desc limit ?) newest
                        order by beat_at""")
                .number(job.number())
                .number(newest)
                .rows(row -> new Beat(
                        row.instant("beat_at"),
                        row.realOrNull("load_average"),
                        row.realOrNull("memory_used"),
                        row.realOrNull("vsize"),
                        row.realOrNull("available_disk_space"),
                        row.realOrNull("cpu_consumed"),
                        row.realOrNull("wall_clock_time")));
    }

    /** The logs of the jobs, each in the order of time. */
    public Map<JobId, List<LogLine>> logs(Collection<JobId> jobs) {
        Map<JobId, List<LogLine>> logs = new LinkedHashMap<>();
        jobs.forEach(job -> logs.put(job, new ArrayList<>()));
        statement("""
                        select job_id, status_time, status, minor_status, application_status, source from wms.job_log
                        where job_id = any(?) order by job_id, status_time, sequence""").numbers(jobs, JobId::number).rows(row -> logs.computeIfAbsent(
                        new JobId(row.number("job_id")), id -> new ArrayList<>())
                .add(new LogLine(
                        row.text("status"),
                        row.text("minor_status"),
                        row.text("application_status"),
                        row.instant("status_time"),
                        row.text("source"))));
        return logs;
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /**
     * To whom a job belongs and who holds it.
     *
     * @param attempt hand-outs so far
     * @param pilot the pilot of the current attempt
     */
    public record Holding(
            VoName vo, UserName owner, GroupName ownerGroup, String site, int attempt, Optional<String> pilot) {}

    /** What a job's text is made of. */
    public record Description(String text, int sweepIndex, Optional<String> sweepValues, List<String> warnings) {}

    /** What a heartbeat measured; null is what it did not. */
    public record Beat(
            Instant at,
            @Nullable Double loadAverage,
            @Nullable Double memoryUsed,
            @Nullable Double vsize,
            @Nullable Double availableDiskSpace,
            @Nullable Double cpuConsumed,
            @Nullable Double wallClockTime) {}

    /** One step in the life of a job. */
    public record LogLine(
            String status, String minorStatus, String applicationStatus, Instant statusTime, String source) {}
}
