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
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The tests of queues as stored, with what the rows of their pilots and jobs say. */
@ApplicationScoped
public class QueueTestRepository {

    private static final String FACTS = """
            select test.*, pilot.status as pilot_status, pilot.status_reason, pilot.reference, pilot.cleaned,
                job.status as job_status, job.minor_status, job.application_status, job.end_exec_time,
                (select min(logged_at) from wms.pilot_change c
                    where c.pilot_stamp = test.pilot_stamp and c.status = 'Waiting') as queued,
                (select min(logged_at) from wms.pilot_change c
                    where c.pilot_stamp = test.pilot_stamp and c.status = 'Running') as running,
                (select min(logged_at) from wms.pilot_change c where c.pilot_stamp = test.pilot_stamp
                    and c.status in ('Done', 'Failed', 'Deleted', 'Aborted')) as pilot_ended,
                (select used from wms.pilot_secret secret
                    where secret.pilot_stamps = array[test.pilot_stamp::text] and used is not null limit 1) as logged_in,
                (select min(given.started) from wms.pilot_job given
                    where given.pilot_stamp = test.pilot_stamp and given.job_id = test.job_id) as matched,
                exists (select from wms.sandbox_assignment output
                    where output.job_id = test.job_id and output.kind = 'Output') as has_output
            from wms.queue_test test left join wms.pilot pilot on pilot.stamp = test.pilot_stamp
                left join wms.job job on job.id = test.job_id
            where\s""";

    private EntityManager entities;

    protected QueueTestRepository() {} // for the container's proxy

    @Inject
    public QueueTestRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Lets nobody else begin a test of this queue for this VO until the transaction ends. */
    public void guard(PilotSlot slot, VoName vo) {
        statement("select pg_advisory_xact_lock(hashtextextended('wms.queue_test ' || ?, 0)) is null as locked")
                .text(slot + "/" + vo)
                .rows(row -> true);
    }

    /** @return its id */
    public long add(
            PilotSlot slot,
            VoName vo,
            String author,
            Optional<JobId> job,
            String tag,
            Instant started,
            Optional<String> failure) {
        return statement("""
                        insert into wms.queue_test (site, ce, queue, vo, author, job_id, tag, started, failure, ended)
                        values (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?) returning id""")
                .text(slot.site().text())
                .text(slot.computingElement())
                .text(slot.queue())
                .text(vo.text())
                .text(author)
                .number(job.map(JobId::number).orElse(0L))
                .text(tag)
                .instant(started)
                .text(failure.orElse(null))
                .instant(failure.isPresent() ? started : null)
                .rows(row -> row.number("id"))
                .get(0);
    }

    public Optional<QueueTestFacts> find(long id) {
        return statement(FACTS + "test.id = ?").number(id).rows(QueueTestRepository::facts).stream()
                .findFirst();
    }

    /** Those that go on. */
    public List<QueueTestFacts> open() {
        return statement(FACTS + "test.ended is null order by test.id").rows(QueueTestRepository::facts);
    }

    /** The one of the queue that goes on for the VO. */
    public Optional<QueueTestFacts> open(PilotSlot slot, VoName vo) {
        return statement(FACTS
                        + "test.ended is null and test.site = ? and test.ce = ? and test.queue = ? and test.vo = ?")
                .text(slot.site().text())
                .text(slot.computingElement())
                .text(slot.queue())
                .text(vo.text())
                .rows(QueueTestRepository::facts)
                .stream()
                .findFirst();
    }

    /** Those of a site, or of all, the newest first. */
    public List<QueueTestFacts> newest(Optional<SiteName> site, int limit) {
        return statement(FACTS + "(?::text is null or test.site = ?) order by test.id desc limit ?")
                .text(site.map(SiteName::text).orElse(null))
                .text(site.map(SiteName::text).orElse(null))
                .number(limit)
                .rows(QueueTestRepository::facts);
    }

    /** Notes that the site director has it; false if it has ended or another node took it up. */
    public boolean takeUp(long id, Instant now) {
        return statement("update wms.queue_test set taken_up = ? where id = ? and taken_up is null and ended is null")
                        .instant(now)
                        .number(id)
                        .run()
                > 0;
    }

    public void contacted(long id, Instant now) {
        statement("update wms.queue_test set contacted = ? where id = ?")
                .instant(now)
                .number(id)
                .run();
    }

    /** Names its pilot; false if it has one or has ended. */
    public boolean name(long id, PilotStamp pilot) {
        return statement(
                                "update wms.queue_test set pilot_stamp = ? where id = ? and pilot_stamp is null and ended is null")
                        .text(pilot.text())
                        .number(id)
                        .run()
                > 0;
    }

    public void submitted(long id, Instant now) {
        statement("update wms.queue_test set submitted = ? where id = ?")
                .instant(now)
                .number(id)
                .run();
    }

    /** Notes its outcome; false if that was noted before. */
    public boolean end(long id, Optional<String> failure, Instant now) {
        return statement("update wms.queue_test set ended = ?, failure = ? where id = ? and ended is null")
                        .instant(now)
                        .text(failure.orElse(null))
                        .number(id)
                        .run()
                > 0;
    }

    public void forget(Instant endedBefore) {
        statement("delete from wms.queue_test where ended < ?")
                .instant(endedBefore)
                .run();
    }

    private static QueueTestFacts facts(SqlStatement.Row row) throws SQLException {
        return new QueueTestFacts(
                row.number("id"),
                new PilotSlot(new SiteName(row.text("site")), row.text("ce"), row.text("queue")),
                new VoName(row.text("vo")),
                row.text("author"),
                row.text("tag"),
                row.instant("started"),
                time(row, "taken_up"),
                time(row, "contacted"),
                time(row, "submitted"),
                time(row, "ended"),
                Optional.ofNullable(row.textOrNull("failure")),
                pilot(row),
                job(row));
    }

    private static Optional<QueueTestFacts.OfPilot> pilot(SqlStatement.Row row) throws SQLException {
        String status = row.textOrNull("pilot_status");
        return status == null
                ? Optional.empty()
                : Optional.of(new QueueTestFacts.OfPilot(
                        new PilotStamp(row.text("pilot_stamp")),
                        PilotStatus.ofWireName(status).orElseThrow(),
                        row.text("status_reason"),
                        Optional.ofNullable(row.textOrNull("reference")),
                        time(row, "queued"),
                        time(row, "running"),
                        time(row, "logged_in"),
                        time(row, "pilot_ended"),
                        row.truth("cleaned")));
    }

    private static Optional<QueueTestFacts.OfJob> job(SqlStatement.Row row) throws SQLException {
        String status = row.textOrNull("job_status");
        return status == null
                ? Optional.empty()
                : Optional.of(new QueueTestFacts.OfJob(
                        new JobId(row.number("job_id")),
                        status,
                        row.text("minor_status"),
                        row.text("application_status"),
                        JobStatus.ofText(status).map(JobStatus::isFinal).orElse(false),
                        time(row, "matched"),
                        time(row, "end_exec_time"),
                        row.truth("has_output")));
    }

    private static Optional<Instant> time(SqlStatement.Row row, String column) throws SQLException {
        return Optional.ofNullable(row.instantOrNull(column));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
