/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The jobs in the database, as those who change them need them: many at once, locked in the order of their ids. */
@ApplicationScoped
public class JobRepository {

    private EntityManager entities;

    protected JobRepository() {} // for the container's proxy

    @Inject
    public JobRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The jobs that exist, locked until the transaction ends; always in the order of the ids, so that nobody deadlocks. */
    public List<JobRow> lock(Collection<JobId> jobs) {
        return statement("""
                        select id, vo, owner, owner_group, job_group, job_type, site, status, minor_status,
                            application_status, user_priority, reschedule_counter, verified_flag, task_queue_id,
                            attempt, pilot_stamp, last_update_time, start_exec_time, heart_beat_time, end_exec_time,
                            lease_until, reported_time, last_logged_time
                        from wms.job where id = any(?) order by id for no key update""").numbers(jobs, JobId::number).rows(JobRepository::row);
    }

    /** Writes the new states; the jobs are locked. */
    public void apply(Collection<JobChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        statement("""
                        update wms.job job set status = change.status, minor_status = change.minor_status,
                            application_status = change.application_status,
                            last_update_time = change.last_update_time, start_exec_time = change.start_exec_time,
                            heart_beat_time = change.heart_beat_time, end_exec_time = change.end_exec_time,
                            reported_time = change.reported_time, last_logged_time = change.last_logged_time,
                            lease_until = case when change.status = job.status
                                and change.status in ('Matched', 'Checking') then job.lease_until end
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                                ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                            as change (id, status, minor_status, application_status, last_update_time,
                                start_exec_time, heart_beat_time, end_exec_time, reported_time, last_logged_time)
                        where job.id = change.id""")
                .numbers(changes, change -> change.id().number())
                .texts(changes, change -> change.status().text())
                .texts(changes, JobChange::minorStatus)
                .texts(changes, JobChange::applicationStatus)
                .instants(changes, JobChange::lastUpdateTime)
                .instants(changes, JobChange::startExecTime)
                .instants(changes, JobChange::heartBeatTime)
                .instants(changes, JobChange::endExecTime)
                .instants(changes, JobChange::reportedTime)
                .instants(changes, JobChange::lastLoggedTime)
                .run();
    }

    /** Keeps the time of a sign of life. */
    public void beat(Collection<JobId> jobs, Instant now) {
        statement("update wms.job set heart_beat_time = ? where id = any(?)")
                .instant(now)
                .numbers(jobs, JobId::number)
                .run();
    }

    /** Lets a matched job stay with its pilot until then. */
    public void lease(JobId job, Instant until) {
        statement("update wms.job set lease_until = ? where id = ? and status = 'Matched'")
                .instant(until)
                .number(job.number())
                .run();
    }

    /** Sets columns of one job. */
    public void setColumns(JobId job, List<ColumnValue> columns) {
        String assignments = columns.stream()
                .map(column -> column.name() + " = " + typed(column.name()))
                .collect(Collectors.joining(", "));
        SqlStatement statement = statement("update wms.job set " + assignments + " where id = ?");
        columns.forEach(column -> statement.text(column.value()));
        statement.number(job.number()).run();
    }

    private static String typed(String column) {
        return switch (column) {
            case "heart_beat_time" -> "?::timestamptz";
            case "user_priority" -> "?::int";
            default -> "?";
        };
    }

    /** A column, by its name in the table, and its value as text. */
    public record ColumnValue(String name, String value) {}

    /** Sends jobs back to their queues without a holder; the site is again what their requirements say. */
    public void sendBack(Collection<SentBack> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        statement("""
                        update wms.job job set status = back.status, minor_status = back.minor_status,
                            application_status = back.application_status, site = back.site, reschedule_counter = back.counter,
                            reschedule_time = back.at, last_update_time = back.at, start_exec_time = null,
                            heart_beat_time = null, end_exec_time = null, lease_until = back.held_until, pilot_stamp = null,
                            reported_time = null, last_logged_time = back.at
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[],
                                ?::timestamptz[])
                            as back (id, status, minor_status, application_status, site, counter, at, held_until)
                        where job.id = back.id""")
                .numbers(jobs, back -> back.id().number())
                .texts(jobs, back -> back.status().text())
                .texts(jobs, SentBack::minorStatus)
                .texts(jobs, SentBack::applicationStatus)
                .texts(jobs, SentBack::site)
                .numbers(jobs, back -> (long) back.rescheduleCounter())
                .instants(jobs, SentBack::at)
                .instants(jobs, SentBack::heldUntil)
                .run();
    }

    /**
     * A job on its way back to its queue.
     *
     * @param status Waiting, or Checking if optimizers look at it before
     * @param heldUntil when they do, in Checking; at once if absent
     */
    public record SentBack(
            JobId id,
            JobStatus status,
            String minorStatus,
            String applicationStatus,
            String site,
            int rescheduleCounter,
            Instant at,
            @Nullable Instant heldUntil) {}

    /** Those of the jobs at which optimizers that ask outside look before they wait. */
    public Set<JobId> checked(Collection<JobId> jobs) {
        return Set.copyOf(statement("""
                        select job.id from wms.job job join wms.submission submission on submission.id = job.submission_id
                        where job.id = any(?) and submission.checked""").numbers(jobs, JobId::number).rows(row -> new JobId(row.number("id"))));
    }

    /**
     * Jobs in Checking that are due, longest due first: as many as texts of so many bytes describe, but at least one. Jobs of one
     * submission share their description.
     */
    public List<JobInCheck> due(Instant now, int limit, int bytes) {
        List<Long> chosen = new ArrayList<>();
        Set<Long> submissions = new HashSet<>();
        long size = 0;
        for (DueJob job : firstDue("", now, limit).rows(DueJob::of)) {
            size += job.ownBytes() + (submissions.contains(job.submission()) ? 0 : job.sharedBytes());
            if (size > bytes && !chosen.isEmpty()) {
                break;
            }
            chosen.add(job.id());
            submissions.add(job.submission());
        }
        return inCheck(chosen);
    }

    /** Jobs as optimizers need them, lowest first. */
    public List<JobInCheck> inCheck(Collection<Long> chosen) {
        Map<Long, String> descriptions =
                statement("""
                        select id, description from wms.submission
                        where id in (select submission_id from wms.job where id = any(?))""")
                        .numbers(chosen)
                        .rows(row -> Map.entry(row.number("id"), row.text("description")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return statement("""
                        select id, vo, owner, owner_group, status, minor_status, submission_id, sweep_index, sweep_values,
                            reschedule_counter, last_logged_time
                        from wms.job where id = any(?) order by id""")
                .numbers(chosen)
                .rows(row -> new JobInCheck(
                        new JobId(row.number("id")),
                        new VoName(row.text("vo")),
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        JobStatus.parse(row.text("status")),
                        row.text("minor_status"),
                        Objects.requireNonNull(descriptions.get(row.number("submission_id"))),
                        row.integer("sweep_index"),
                        Optional.ofNullable(row.textOrNull("sweep_values")),
                        row.integer("reschedule_counter"),
                        row.instant("last_logged_time")));
    }

    /** The lengths are read without the texts. */
    SqlStatement firstDue(String prefix, Instant now, int limit) {
        return statement(prefix + """
                        select job.id, job.submission_id, coalesce(octet_length(job.sweep_values), 0) as own_bytes,
                            octet_length(submission.description) as shared_bytes
                        from (select id, submission_id, sweep_values, coalesce(lease_until, '-infinity') as due from wms.job
                            where status = 'Checking' and coalesce(lease_until, '-infinity') <= ?
                            order by coalesce(lease_until, '-infinity'), id limit ?) job
                        join wms.submission submission on submission.id = job.submission_id
                        order by job.due, job.id""").instant(now).number(limit);
    }

    private record DueJob(long id, long submission, int ownBytes, int sharedBytes) {

        static DueJob of(SqlStatement.Row row) throws SQLException {
            return new DueJob(
                    row.number("id"),
                    row.number("submission_id"),
                    row.integer("own_bytes"),
                    row.integer("shared_bytes"));
        }
    }

    /**
     * A job at which optimizers look.
     *
     * @param minorStatus the name of the optimizer that looks next
     * @param description as it is stored
     */
    public record JobInCheck(
            JobId id,
            VoName vo,
            UserName owner,
            GroupName ownerGroup,
            JobStatus status,
            String minorStatus,
            String description,
            int sweepIndex,
            Optional<String> sweepValues,
            int rescheduleCounter,
            Instant lastLogged) {}

    /** Writes what optimizers have decided; the jobs are locked. */
    public void settle(Collection<Settled> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        statement("""
                        update wms.job job set status = settled.status, minor_status = settled.minor_status,
                            application_status = settled.application_status, site = settled.site,
                            task_queue_id = settled.queue, lease_until = settled.held_until,
                            last_update_time = settled.at, last_logged_time = settled.at,
                            end_exec_time = case when settled.status = 'Failed' then settled.at end
                        from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[],
                                ?::timestamptz[])
                            as settled (id, status, minor_status, application_status, site, queue, held_until, at)
                        where job.id = settled.id""")
                .numbers(jobs, settled -> settled.id().number())
                .texts(jobs, settled -> settled.status().text())
                .texts(jobs, Settled::minorStatus)
                .texts(jobs, Settled::applicationStatus)
                .texts(jobs, Settled::site)
                .numbers(jobs, Settled::queue)
                .instants(jobs, Settled::heldUntil)
                .instants(jobs, Settled::at)
                .run();
    }

    /** Holds a job in Checking until a time. */
    public void putOff(JobId job, Instant until) {
        statement("update wms.job set lease_until = ? where id = ? and status = 'Checking'")
                .instant(until)
                .number(job.number())
                .run();
    }

    /** What has become of a job in Checking. */
    public record Settled(
            JobId id,
            JobStatus status,
            String minorStatus,
            String applicationStatus,
            String site,
            @Nullable Long queue,
            @Nullable Instant heldUntil,
            Instant at) {}

    /**
     * Ids of jobs in this status whose last sign of life is older than {@code since}, or than {@code tolerantSince} if they are at
     * one of the tolerant sites; lowest first. Jobs in parcels, which say nothing, are left out until their pilot has ended.
     */
    public List<JobId> silent(
            JobStatus status, Instant since, Collection<String> tolerantSites, Instant tolerantSince, int limit) {
        return statement("""
                        select id from wms.job
                        where status = ? and status in ('Rescheduled', 'Running', 'Stalled', 'Completing')
                            and greatest(heart_beat_time, last_update_time)
                                < case when site = any(?) then ?::timestamptz else ?::timestamptz end
                            and not exists (
                                select 1 from wms.parcel join wms.pilot on pilot.stamp = parcel.pilot_stamp
                                where parcel.pilot_stamp = job.pilot_stamp and parcel.job_id = job.id
                                    and parcel.attempt = job.attempt and parcel.opened is null
                                    and pilot.status not in ('Done', 'Failed', 'Deleted', 'Aborted'))
                        order by id limit ?""")
                .text(status.text())
                .texts(tolerantSites)
                .instant(tolerantSince)
                .instant(since)
                .number(limit)
                .rows(row -> new JobId(row.number("id")));
    }

    /** Ids of matched jobs whose lease is over; longest over first. */
    public List<JobId> leaseOver(Instant now, int limit) {
        return statement("""
                        select id from wms.job where status = 'Matched' and lease_until < ?
                        order by lease_until limit ?""").instant(now).number(limit).rows(row -> new JobId(row.number("id")));
    }

    /** Ids of the jobs that this pilot holds. */
    public List<HeldJob> heldBy(PilotStamp pilot) {
        return statement("""
                        select id from wms.job
                        where pilot_stamp = ? and status in ('Matched', 'Running', 'Stalled', 'Completing')
                        order by id""").text(pilot.text()).rows(row -> new HeldJob(new JobId(row.number("id")), pilot));
    }

    /** Ids of jobs held by pilots that have ended; lowest first. */
    public List<HeldJob> heldByEndedPilots(int limit) {
        return statement("""
                        select job.id, job.pilot_stamp from wms.job job join wms.pilot pilot on pilot.stamp = job.pilot_stamp
                        where job.status in ('Matched', 'Running', 'Stalled', 'Completing')
                            and pilot.status in ('Done', 'Aborted', 'Deleted', 'Failed')
                        order by job.id limit ?""")
                .number(limit)
                .rows(row -> new HeldJob(new JobId(row.number("id")), new PilotStamp(row.text("pilot_stamp"))));
    }

    /** A job and the pilot that holds it. */
    public record HeldJob(JobId id, PilotStamp pilot) {}

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    private static JobRow row(SqlStatement.Row row) throws SQLException {
        return new JobRow(
                new JobId(row.number("id")),
                new VoName(row.text("vo")),
                new UserName(row.text("owner")),
                new GroupName(row.text("owner_group")),
                row.text("job_group"),
                row.text("job_type"),
                row.text("site"),
                JobStatus.parse(row.text("status")),
                row.text("minor_status"),
                row.text("application_status"),
                row.integer("user_priority"),
                row.integer("reschedule_counter"),
                row.truth("verified_flag"),
                row.numberOrNull("task_queue_id"),
                row.integer("attempt"),
                pilot(row.textOrNull("pilot_stamp")),
                row.instant("last_update_time"),
                row.instantOrNull("start_exec_time"),
                row.instantOrNull("heart_beat_time"),
                row.instantOrNull("end_exec_time"),
                row.instantOrNull("lease_until"),
                row.instantOrNull("reported_time"),
                row.instant("last_logged_time"));
    }

    private static @Nullable PilotStamp pilot(@Nullable String stamp) {
        return stamp == null ? null : new PilotStamp(stamp);
    }
}
