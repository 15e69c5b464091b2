/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.diracee.wms.sitedirector.boundary.QueueState;
import org.diracee.wms.sitedirector.boundary.SubmissionCount;
import org.hibernate.Session;

/** The states of queues and the numbers of submissions as stored. */
@ApplicationScoped
public class QueueStateRepository {

    private static final String COUNT = """
            select grid_site as site, destination_site as ce, queue, vo, status, count(*) as pilots,
                count(*) filter (where initial_job_id is null) as without_job
            from wms.pilot where\s""";
    private static final String GROUPED = " group by grid_site, destination_site, queue, vo, status";

    private EntityManager entities;

    protected QueueStateRepository() {} // for the container's proxy

    @Inject
    public QueueStateRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Keeps the states, each queue once; the last failure and submission stay known if these tell of none. */
    public void keep(Collection<QueueState> states) {
        statement("""
                        insert into wms.queue_state as known (site, ce, queue, last_round, free_places, failures, failed, failure,
                            next_try, last_submission)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::int8[], ?::int8[],
                            ?::timestamptz[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                        on conflict (site, ce, queue) do update set last_round = excluded.last_round,
                            free_places = excluded.free_places, failures = excluded.failures,
                            failed = coalesce(excluded.failed, known.failed), failure = coalesce(excluded.failure, known.failure),
                            next_try = excluded.next_try,
                            last_submission = coalesce(excluded.last_submission, known.last_submission)""")
                .texts(states, state -> state.slot().site().text())
                .texts(states, state -> state.slot().computingElement())
                .texts(states, state -> state.slot().queue())
                .instants(states, QueueState::lastRound)
                .numbers(states, state -> (long) state.freePlaces())
                .numbers(states, state -> (long) state.failures())
                .instants(states, state -> state.failed().orElse(null))
                .texts(states, state -> state.failure().orElse(null))
                .instants(states, state -> state.nextTry().orElse(null))
                .instants(states, state -> state.lastSubmission().orElse(null))
                .run();
    }

    /** Adds to what is counted already. */
    public void count(Collection<SubmissionCount> counts) {
        statement("""
                        insert into wms.pilot_submission as known (site, ce, queue, vo, hour, accepted, refused, undecided)
                        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::int8[], ?::int8[],
                            ?::int8[])
                        on conflict (site, ce, queue, vo, hour) do update set accepted = known.accepted + excluded.accepted,
                            refused = known.refused + excluded.refused, undecided = known.undecided + excluded.undecided""")
                .texts(counts, count -> count.slot().site().text())
                .texts(counts, count -> count.slot().computingElement())
                .texts(counts, count -> count.slot().queue())
                .texts(counts, count -> count.vo().text())
                .instants(counts, SubmissionCount::hour)
                .numbers(counts, SubmissionCount::accepted)
                .numbers(counts, SubmissionCount::refused)
                .numbers(counts, SubmissionCount::undecided)
                .run();
    }

    /** Forgets the hours before. */
    public int forget(Instant before) {
        return statement("delete from wms.pilot_submission where hour < ?")
                .instant(before)
                .run();
    }

    /** The states of all queues, of a site or of all. */
    public List<QueueState> states(Optional<SiteName> site) {
        return statement("select * from wms.queue_state where (?::text is null or site = ?)")
                .text(site.map(SiteName::text).orElse(null))
                .text(site.map(SiteName::text).orElse(null))
                .rows(row -> new QueueState(
                        slot(row),
                        row.instant("last_round"),
                        row.integer("free_places"),
                        row.integer("failures"),
                        Optional.ofNullable(row.instantOrNull("failed")),
                        Optional.ofNullable(row.textOrNull("failure")),
                        Optional.ofNullable(row.instantOrNull("next_try")),
                        Optional.ofNullable(row.instantOrNull("last_submission"))));
    }

    /** The submissions to the queues of a computing element from an hour on, in the order of time. */
    public List<SubmissionCount> submissions(SiteName site, String computingElement, Instant since) {
        return statement(
                        "select * from wms.pilot_submission where site = ? and ce = ? and hour >= ? order by hour, queue, vo")
                .text(site.text())
                .text(computingElement)
                .instant(since)
                .rows(QueueStateRepository::submission);
    }

    /** The submissions to all queues from then on, in the order of time. */
    public List<SubmissionCount> submissions(Instant since) {
        return statement("select * from wms.pilot_submission where hour >= ? order by hour, queue, vo")
                .instant(since)
                .rows(QueueStateRepository::submission);
    }

    private static SubmissionCount submission(SqlStatement.Row row) throws SQLException {
        return new SubmissionCount(
                slot(row),
                new VoName(row.text("vo")),
                row.instant("hour"),
                row.number("accepted"),
                row.number("refused"),
                row.number("undecided"));
    }

    /**
     * Pilots of one status of a VO in a queue.
     *
     * @param slot as text, for what registered pilots say need not be well-formed
     */
    public record PilotsOfQueue(String slot, VoName vo, String status, long pilots, long withoutJob) {}

    /** How many pilots of which status are remembered in the queues of a site. */
    public List<PilotsOfQueue> pilots(SiteName site) {
        return statement(COUNT + "grid_site = ?" + GROUPED).text(site.text()).rows(QueueStateRepository::pilotsOfQueue);
    }

    /** How many pilots that have not ended there are in all queues. */
    public List<PilotsOfQueue> livingPilots() {
        return statement(COUNT + "status in ('Submitted', 'Waiting', 'Running', 'Unknown')" + GROUPED)
                .rows(QueueStateRepository::pilotsOfQueue);
    }

    /** How the pilots of all queues ended since. */
    public List<PilotsOfQueue> endedPilots(Instant since) {
        return statement(COUNT
                        + "status in ('Done', 'Failed', 'Deleted', 'Aborted') and last_update_time >= ?"
                        + GROUPED)
                .instant(since)
                .rows(QueueStateRepository::pilotsOfQueue);
    }

    private static PilotsOfQueue pilotsOfQueue(SqlStatement.Row row) throws SQLException {
        return new PilotsOfQueue(
                row.text("site") + "/" + row.text("ce") + "/" + row.text("queue"),
                new VoName(row.text("vo")),
                row.text("status"),
                row.number("pilots"),
                row.number("without_job"));
    }

    private static PilotSlot slot(SqlStatement.Row row) throws SQLException {
        return new PilotSlot(new SiteName(row.text("site")), row.text("ce"), row.text("queue"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
