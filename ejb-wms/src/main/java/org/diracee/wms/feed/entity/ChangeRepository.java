/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.schema.boundary.SqlStatement.Row;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.PilotStatusChange;
import org.diracee.wms.feed.boundary.WantedPilots;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/**
 * Reads the logs of jobs and of pilots by transaction. A transaction gets its number before it commits, so numbers appear out of order; only rows below the
 * oldest transaction that still runs are read, for no row can appear among those any more.
 */
@ApplicationScoped
public class ChangeRepository {

    /** How many rows of a log one reading looks at. */
    public static final int LOOKED_AT = 10_000;

    static final String NEXT_ROWS = nextRows("job_log");
    private static final String NEXT_PILOT_ROWS = nextRows("pilot_change");

    private EntityManager entities;

    protected ChangeRepository() {} // for the container's proxy

    @Inject
    public ChangeRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Behind all that can be read at this moment. */
    public FeedCursor now() {
        return statement("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as bound, now() as at")
                .rows(row -> new FeedCursor(row.number("bound"), 0, row.instant("at")))
                .get(0);
    }

    /** Looks at the rows that follow, but not at more than {@value #LOOKED_AT}; answers those that are wanted, up to the limit. */
    public ChangeSlice after(FeedCursor after, ChangeFilter filter, int limit) {
        FeedCursor now = now();
        Optional<FeedCursor> lastLookedAt = lastLookedAt(NEXT_ROWS, after, now);
        List<LoggedChange> found = placed("""
                        with log as materialized (select * %s limit ?)
                        select log.transaction_id::text::bigint as transaction, log.sequence, log.logged_at, log.job_id,
                            job.vo, job.owner, job.owner_group, job.job_group, log.status, log.minor_status,
                            log.application_status, log.status_time, log.source
                        from log join wms.job on job.id = log.job_id
                        where (?::text is null or job.vo = ?) and (?::text is null or job.owner = ?)
                            and (?::text is null or job.owner = ?)
                            and (? or log.job_id = any(?)) and (? or job.job_group = any(?)) and (? or log.status = any(?))
                        order by log.transaction_id, log.sequence limit ?""".formatted(NEXT_ROWS), after, now)
                .number(LOOKED_AT)
                .text(filter.vo().map(VoName::text).orElse(null))
                .text(filter.vo().map(VoName::text).orElse(null))
                .text(filter.readableOwner().map(UserName::text).orElse(null))
                .text(filter.readableOwner().map(UserName::text).orElse(null))
                .text(filter.owner().map(UserName::text).orElse(null))
                .text(filter.owner().map(UserName::text).orElse(null))
                .truth(filter.jobs().isEmpty())
                .numbers(filter.jobs(), JobId::number)
                .truth(filter.jobGroups().isEmpty())
                .texts(filter.jobGroups())
                .truth(filter.statuses().isEmpty())
                .texts(filter.statusTexts())
                .number(limit)
                .rows(ChangeRepository::change);
        if (found.size() == limit) {
            return new ChangeSlice(found, found.get(limit - 1).cursor(), false);
        }
        return new ChangeSlice(found, lastLookedAt.orElse(now), lastLookedAt.isEmpty());
    }

    /** Empty if fewer rows follow than one reading looks at. */
    private Optional<FeedCursor> lastLookedAt(String nextRows, FeedCursor after, FeedCursor now) {
        return placed(
                        "select transaction_id::text::bigint as transaction, sequence, logged_at " + nextRows
                                + " offset ? limit 1",
                        after,
                        now)
                .number(LOOKED_AT - 1L)
                .rows(ChangeRepository::cursor)
                .stream()
                .findFirst();
    }

    /** The same of pilots. */
    public ChangePage<PilotStatusChange> pilotsAfter(
            FeedCursor after, Optional<VoName> readable, WantedPilots wanted, int limit) {
        FeedCursor now = now();
        Optional<FeedCursor> lastLookedAt = lastLookedAt(NEXT_PILOT_ROWS, after, now);
        List<PilotStatusChange> found = placed("""
                        with log as materialized (select * %s limit ?)
                        select transaction_id::text::bigint as transaction, sequence, logged_at, pilot_stamp, vo, grid_site,
                            destination_site, status, status_reason
                        from log
                        where (?::text is null or vo = ?) and (?::text is null or vo = ?)
                            and (? or pilot_stamp = any(?)) and (? or grid_site = any(?))
                            and (? or destination_site = any(?)) and (? or status = any(?))
                        order by log.transaction_id, log.sequence limit ?""".formatted(NEXT_PILOT_ROWS), after, now)
                .number(LOOKED_AT)
                .text(readable.map(VoName::text).orElse(null))
                .text(readable.map(VoName::text).orElse(null))
                .text(wanted.vo().map(VoName::text).orElse(null))
                .text(wanted.vo().map(VoName::text).orElse(null))
                .truth(wanted.pilots().isEmpty())
                .texts(wanted.pilots().stream().map(PilotStamp::text).toList())
                .truth(wanted.sites().isEmpty())
                .texts(wanted.sites())
                .truth(wanted.computingElements().isEmpty())
                .texts(wanted.computingElements())
                .truth(wanted.statuses().isEmpty())
                .texts(wanted.statuses().stream().map(PilotStatus::wireName).toList())
                .number(limit)
                .rows(ChangeRepository::pilotChange);
        if (found.size() == limit) {
            return new ChangePage<>(found, found.get(limit - 1).cursor(), true);
        }
        return new ChangePage<>(found, lastLookedAt.orElse(now).text(), lastLookedAt.isPresent());
    }

    /** The newest change of a pilot that can be read at this moment, if it follows. */
    public Optional<FeedCursor> newestPilotChange(FeedCursor after) {
        return placed("""
                        select transaction_id::text::bigint as transaction, sequence, logged_at from wms.pilot_change
                        where (transaction_id, sequence) > (cast(? as xid8), ?) and transaction_id < cast(? as xid8)
                        order by transaction_id desc, sequence desc limit 1""", after, now()).rows(ChangeRepository::cursor).stream().findFirst();
    }

    private static PilotStatusChange pilotChange(Row row) throws SQLException {
        return new PilotStatusChange(
                cursor(row).text(),
                new PilotStamp(row.text("pilot_stamp")),
                new VoName(row.text("vo")),
                row.text("grid_site"),
                row.text("destination_site"),
                PilotStatus.ofWireName(row.text("status")).orElseThrow(),
                row.text("status_reason"),
                row.instant("logged_at"));
    }

    /** The start of the oldest month that is kept; what was logged before may be gone. */
    public Instant keptSince() {
        return statement("""
                        select coalesce(min(to_timestamp(right(part.relname, 7), 'YYYY_MM')::timestamp at time zone 'UTC'),
                            now()) as since
                        from pg_inherits join pg_class part on part.oid = inhrelid
                        where inhparent = 'wms.job_log'::regclass and part.relname ~ '_[0-9]{4}_[0-9]{2}$'""").rows(row -> row.instant("since")).get(0);
    }

    private static String nextRows(String table) {
        return """
                from wms.%s
                where (transaction_id, sequence) > (cast(? as xid8), ?) and transaction_id < cast(? as xid8)
                order by transaction_id, sequence""".formatted(table);
    }

    private SqlStatement placed(String sql, FeedCursor after, FeedCursor now) {
        return statement(sql)
                .text(Long.toString(after.transaction()))
                .number(after.sequence())
                .text(Long.toString(now.transaction()));
    }

    private static FeedCursor cursor(Row row) throws SQLException {
        return new FeedCursor(row.number("transaction"), row.number("sequence"), row.instant("logged_at"));
    }

    private static LoggedChange change(Row row) throws SQLException {
        return new LoggedChange(
                cursor(row),
                new JobId(row.number("job_id")),
                new VoName(row.text("vo")),
                new UserName(row.text("owner")),
                new GroupName(row.text("owner_group")),
                row.text("job_group"),
                JobStatus.parse(row.text("status")),
                row.text("minor_status"),
                row.text("application_status"),
                row.instant("status_time"),
                row.text("source"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
