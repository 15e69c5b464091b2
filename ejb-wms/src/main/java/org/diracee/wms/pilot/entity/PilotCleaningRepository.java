/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Pilots that need no more attention, or get none. Every method needs a transaction. */
@ApplicationScoped
public class PilotCleaningRepository {

    private static final List<PilotStatus> FINAL =
            List.of(PilotStatus.DONE, PilotStatus.FAILED, PilotStatus.DELETED, PilotStatus.ABORTED);

    private static final String LOCK_TIMEOUT = "jakarta.persistence.lock.timeout";

    /** Hibernate's word for it. */
    private static final int SKIP_LOCKED = -2;

    private EntityManager entities;

    protected PilotCleaningRepository() {} // for the container's proxy

    @Inject
    public PilotCleaningRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Pilots that have not ended and that nothing was heard of since, nor of a job that one has; locked in the order of their stamps, as
     * hand-outs lock them, until the transaction ends.
     */
    public List<PilotStamp> silent(Instant since, int limit) {
        return statement("""
                        select stamp from wms.pilot
                        where status in ('Submitted', 'Waiting', 'Running', 'Unknown') and last_update_time < ?
                            and not exists (select 1 from wms.job
                                where job.pilot_stamp = pilot.stamp
                                    and greatest(job.heart_beat_time, job.last_update_time) >= ?)
                        order by stamp limit ? for no key update of pilot skip locked""")
                .instant(since)
                .instant(since)
                .number(limit)
                .rows(row -> new PilotStamp(row.text("stamp")));
    }

    /** Ended pilots that are not accounted yet; nobody else changes them until the transaction ends. */
    public List<Pilot> unaccounted(int limit) {
        return entities.createQuery(
                        "select p from Pilot p where p.accountingSent = false and p.status in :ended order by p.stamp",
                        Pilot.class)
                .setParameter("ended", FINAL)
                .setMaxResults(limit)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(LOCK_TIMEOUT, SKIP_LOCKED)
                .getResultList();
    }

    /** How many jobs each of the pilots was handed; those without are left out. */
    public Map<String, Long> jobs(Collection<String> stamps) {
        return statement(
                        "select pilot_stamp, count(*) as jobs from wms.pilot_job where pilot_stamp = any(?) group by 1")
                .texts(stamps)
                .rows(row -> Map.entry(row.text("pilot_stamp"), row.number("jobs")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Removes ended pilots and all that is kept of them.
     *
     * @param before last news of those that go
     * @param abortedBefore the same for aborted ones
     * @param accounted whether only accounted ones go
     * @return how many are gone
     */
    public int clear(Instant before, Instant abortedBefore, boolean accounted, int limit) {
        return statement("""
                        with gone as (
                            delete from wms.pilot where id in (
                                select id from wms.pilot
                                where status in ('Done', 'Failed', 'Deleted', 'Aborted')
                                    and last_update_time < case status when 'Aborted' then ?::timestamptz else ? end
                                    and last_update_time < greatest(?::timestamptz, ?) and (accounting_sent or not ?)
                                order by last_update_time limit ? for update skip locked)
                            returning stamp),
                        logs as (delete from wms.pilot_log where pilot_stamp in (select stamp from gone)),
                        outputs as (delete from wms.pilot_output where pilot_stamp in (select stamp from gone)),
                        jobs as (delete from wms.pilot_job where pilot_stamp in (select stamp from gone)),
                        parcels as (delete from wms.parcel where pilot_stamp in (select stamp from gone)),
                        secrets as (delete from wms.pilot_secret
                            where pilot_stamps in (select array[stamp::text] from gone))
                        select count(*) as pilots from gone""")
                .instant(abortedBefore)
                .instant(before)
                .instant(abortedBefore)
                .instant(before)
                .truth(accounted)
                .number(limit)
                .rows(row -> row.integer("pilots"))
                .get(0);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
