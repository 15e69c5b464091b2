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
import java.util.Optional;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotCount;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.schema.boundary.WmsUnit;

/** The tables of pilots, their secrets and outputs. Every method needs a transaction. */
@ApplicationScoped
public class PilotRepository {

    private static final List<PilotStatus> TRANSIENT =
            List.of(PilotStatus.SUBMITTED, PilotStatus.WAITING, PilotStatus.RUNNING, PilotStatus.UNKNOWN);

    private EntityManager entities;

    protected PilotRepository() {} // for the container's proxy

    @Inject
    public PilotRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(Pilot pilot) {
        entities.persist(pilot);
    }

    /**
     * Adds a pilot unless its stamp is known.
     *
     * @return whether it was added
     */
    public boolean addIfNew(Pilot pilot) {
        // makes registrations of the same stamp take turns, so the second one sees the first
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:name, 0)) as text)")
                .setParameter("name", "pilot " + pilot.stamp())
                .getSingleResult();
        if (find(pilot.stamp()).isPresent()) {
            return false;
        }
        entities.persist(pilot);
        return true;
    }

    public Optional<Pilot> find(PilotStamp stamp) {
        return byStamp(stamp, LockModeType.NONE);
    }

    /** Finds a pilot and lets nobody else change it until the transaction ends. */
    public Optional<Pilot> findAndLock(PilotStamp stamp) {
        return byStamp(stamp, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<Pilot> byStamp(PilotStamp stamp, LockModeType lock) {
        return entities.createQuery("select p from Pilot p where p.stamp = :stamp", Pilot.class)
                .setParameter("stamp", stamp.text())
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    /** Pilots of all queues of a computing element that have not ended, the oldest first. */
    public List<Pilot> unfinished(PilotSlot slot, int limit) {
        return entities.createQuery("""
                        select p from Pilot p where p.gridSite = :site and p.destinationSite = :ce
                            and p.queue = :queue and p.status in :statuses order by p.id""", Pilot.class)
                .setParameter("site", slot.site().text())
                .setParameter("ce", slot.computingElement())
                .setParameter("queue", slot.queue())
                .setParameter("statuses", TRANSIENT)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Ended pilots that their computing element still keeps something of. */
    public List<Pilot> uncleaned(PilotSlot slot, Instant endedBefore, int limit) {
        return entities.createQuery("""
                        select p from Pilot p where p.gridSite = :site and p.destinationSite = :ce
                            and p.queue = :queue and p.status not in :statuses and not p.cleaned
                            and p.reference is not null and p.lastUpdateTime < :before
                        order by p.lastUpdateTime""", Pilot.class)
                .setParameter("site", slot.site().text())
                .setParameter("ce", slot.computingElement())
                .setParameter("queue", slot.queue())
                .setParameter("statuses", TRANSIENT)
                .setParameter("before", endedBefore)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Pilots of the slot that have not ended, by VO; {@code expectantSince}: younger ones without a job are expectant. */
    public List<PilotCount> counts(PilotSlot slot, Instant expectantSince) {
        List<?> rows = entities.createNativeQuery("""
                        select p.vo,
                            count(*) filter (where p.status in ('Submitted', 'Waiting')),
                            count(*) filter (where p.status in ('Running', 'Unknown') and p.submission_time > :since
                                and not exists (select 1 from wms.pilot_job j where j.pilot_stamp = p.stamp)),
                            count(*)
                        from wms.pilot p
                        where p.grid_site = :site and p.destination_site = :ce and p.queue = :queue
                            and p.status in ('Submitted', 'Waiting', 'Running', 'Unknown')
                        group by p.vo""")
                .setParameter("since", expectantSince)
                .setParameter("site", slot.site().text())
                .setParameter("ce", slot.computingElement())
                .setParameter("queue", slot.queue())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(PilotRepository::count)
                .toList();
    }

    private static PilotCount count(Object[] row) {
        int waiting = ((Number) row[1]).intValue();
        int expectant = ((Number) row[2]).intValue();
        int all = ((Number) row[3]).intValue();
        return new PilotCount(new VoName((String) row[0]), waiting, expectant, all - waiting - expectant);
    }

    /** Notes a sign of life. */
    public void alive(PilotStamp stamp, Instant now) {
        entities.createNativeQuery("update wms.pilot set last_update_time = :now where stamp = :stamp")
                .setParameter("now", now)
                .setParameter("stamp", stamp.text())
                .executeUpdate();
    }

    /**
     * Takes room for lines of the pilot's log.
     *
     * @return whether there was room
     */
    public boolean reserveLogLines(PilotStamp stamp, int lines, int most, Instant now) {
        return entities.createNativeQuery("""
                                update wms.pilot set log_lines = log_lines + :lines, last_update_time = :now
                                where stamp = :stamp and log_lines + :lines <= :most""")
                        .setParameter("lines", lines)
                        .setParameter("most", most)
                        .setParameter("now", now)
                        .setParameter("stamp", stamp.text())
                        .executeUpdate()
                > 0;
    }

    public void addSecret(String hash, PilotStamp stamp, VoName vo, Instant expires) {
        entities.createNativeQuery("""
                        insert into wms.pilot_secret (secret_hash, pilot_stamp, vo, expires)
                        values (:hash, :stamp, :vo, :expires)""")
                .setParameter("hash", hash)
                .setParameter("stamp", stamp.text())
                .setParameter("vo", vo.text())
                .setParameter("expires", expires)
                .executeUpdate();
    }

    /** Uses up a secret if it is the pilot's, unused and not expired; of many callers at once one succeeds. */
    public boolean useSecret(String hash, PilotStamp stamp, Instant now) {
        return entities.createNativeQuery("""
                                update wms.pilot_secret set used = :now
                                where secret_hash = :hash and pilot_stamp = :stamp and used is null and expires > :now""")
                        .setParameter("now", now)
                        .setParameter("hash", hash)
                        .setParameter("stamp", stamp.text())
                        .executeUpdate()
                > 0;
    }

    public Optional<PilotSecret> secret(String hash) {
        List<?> rows =
                entities.createNativeQuery("""
                        select pilot_stamp, used is not null, extract(epoch from expires)
                        from wms.pilot_secret where secret_hash = :hash""").setParameter("hash", hash).getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new PilotSecret(
                        new PilotStamp((String) row[0]),
                        (Boolean) row[1],
                        Instant.ofEpochSecond(((Number) row[2]).longValue())))
                .findFirst();
    }

    /** Makes the secrets of a pilot useless. */
    public void removeSecrets(PilotStamp stamp) {
        entities.createNativeQuery("delete from wms.pilot_secret where pilot_stamp = :stamp and used is null")
                .setParameter("stamp", stamp.text())
                .executeUpdate();
    }

    public void storeOutput(PilotStamp stamp, PilotOutput output, Instant now) {
        entities.createNativeQuery("""
                        insert into wms.pilot_output (pilot_stamp, standard_output, standard_error, stored)
                        values (:stamp, :out, :err, :now)
                        on conflict (pilot_stamp) do update set standard_output = excluded.standard_output,
                            standard_error = excluded.standard_error, stored = excluded.stored""")
                .setParameter("stamp", stamp.text())
                .setParameter("out", storable(output.standardOutput()))
                .setParameter("err", storable(output.standardError()))
                .setParameter("now", now)
                .executeUpdate();
    }

    public Optional<PilotOutput> output(PilotStamp stamp) {
        List<?> rows = entities.createNativeQuery(
                        "select standard_output, standard_error from wms.pilot_output where pilot_stamp = :stamp")
                .setParameter("stamp", stamp.text())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new PilotOutput((String) row[0], (String) row[1]))
                .findFirst();
    }

    /** Which of these stamps exist; used where a pilot names many. */
    public List<Pilot> findAll(Collection<PilotStamp> stamps) {
        return entities.createQuery("select p from Pilot p where p.stamp in :stamps order by p.id", Pilot.class)
                .setParameter("stamps", stamps.stream().map(PilotStamp::text).toList())
                .getResultList();
    }

    /** PostgreSQL's text holds everything but the character NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The stamps of the pilots that are at these sites and have not ended. */
    @SuppressWarnings("unchecked") // by the result class asked for
    public List<String> livingAt(Collection<String> sites) {
        return entities.createNativeQuery("""
                        select stamp from wms.pilot where grid_site = any(:sites)
                            and status not in ('Done', 'Failed', 'Deleted', 'Aborted')""", String.class)
                .setParameter("sites", sites.toArray(String[]::new))
                .getResultList();
    }
}
