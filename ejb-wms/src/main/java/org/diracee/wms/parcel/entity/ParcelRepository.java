/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** The parcels, as stored. Every method needs a transaction. */
@ApplicationScoped
public class ParcelRepository {

    private EntityManager entities;

    protected ParcelRepository() {} // for the container's proxy

    @Inject
    public ParcelRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Notes which job went with a pilot. */
    public void add(PilotStamp pilot, JobId job, int attempt) {
        statement("insert into wms.parcel (pilot_stamp, job_id, attempt) values (?, ?, ?)")
                .text(pilot.text())
                .number(job.number())
                .number(attempt)
                .run();
    }

    /** The parcels of those of these pilots that took one along; one whose job was erased is left out. */
    public List<ParcelRow> of(Collection<PilotStamp> pilots) {
        return statement("""
                        select parcel.pilot_stamp, parcel.job_id, parcel.attempt, parcel.lines,
                            parcel.opened is not null as is_opened, job.status, job.lease_until, job.heart_beat_time,
                            job.owner, job.owner_group, job.vo, job.attempt = parcel.attempt
                                and coalesce(job.pilot_stamp = parcel.pilot_stamp, false) as is_current
                        from wms.parcel parcel join wms.job job on job.id = parcel.job_id
                        where parcel.pilot_stamp = any(?)""").texts(pilots, PilotStamp::text).rows(ParcelRepository::row);
    }

    /** Locks the parcel, and tells whether so many lines of its spool count, and more may. */
    public boolean isAt(PilotStamp pilot, long lines) {
        return statement("select lines from wms.parcel where pilot_stamp = ? and opened is null for update")
                .text(pilot.text())
                .rows(row -> row.number("lines"))
                .contains(lines);
    }

    /** Notes that so many lines of the spool count. */
    public void read(PilotStamp pilot, long lines) {
        statement("update wms.parcel set lines = ? where pilot_stamp = ?")
                .number(lines)
                .text(pilot.text())
                .run();
    }

    /** Notes that all was said. */
    public void opened(PilotStamp pilot, Instant now) {
        statement("update wms.parcel set opened = ? where pilot_stamp = ?")
                .instant(now)
                .text(pilot.text())
                .run();
    }

    private static ParcelRow row(SqlStatement.Row row) throws SQLException {
        PilotStamp pilot = new PilotStamp(row.text("pilot_stamp"));
        return new ParcelRow(
                pilot,
                new Caller.Job(
                        new JobId(row.number("job_id")),
                        row.integer("attempt"),
                        pilot,
                        new UserName(row.text("owner")),
                        new GroupName(row.text("owner_group")),
                        new VoName(row.text("vo"))),
                row.number("lines"),
                row.truth("is_opened"),
                row.truth("is_current"),
                JobStatus.parse(row.text("status")),
                Optional.ofNullable(row.instantOrNull("lease_until")),
                Optional.ofNullable(row.instantOrNull("heart_beat_time")));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
