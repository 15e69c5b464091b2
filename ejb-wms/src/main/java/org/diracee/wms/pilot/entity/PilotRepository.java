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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotCount;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.SecretConstraints;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.jspecify.annotations.Nullable;

/** The tables of pilots, their secrets and outputs. Every method needs a transaction. */
@ApplicationScoped
public class PilotRepository {

    private static final List<PilotStatus> TRANSIENT =
            List.of(PilotStatus.SUBMITTED, PilotStatus.WAITING, PilotStatus.RUNNING, PilotStatus.UNKNOWN);

    private static final int SLOT = 4;

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

    /** Removes a pilot that was never sent, and its secret. */
    public void remove(Pilot pilot) {
        removeSecrets(pilot.stamp());
        entities.remove(pilot);
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
                            and p.lastUpdateTime < :before
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

    /** The same of all slots, by their texts. */
    public Map<String, List<PilotCount>> counts(Instant expectantSince) {
        List<?> rows = entities.createNativeQuery("""
                        select p.vo,
                            count(*) filter (where p.status in ('Submitted', 'Waiting')),
                            count(*) filter (where p.status in ('Running', 'Unknown') and p.submission_time > :since
                                and not exists (select 1 from wms.pilot_job j where j.pilot_stamp = p.stamp)),
                            count(*), p.grid_site || '/' || p.destination_site || '/' || p.queue as slot
                        from wms.pilot p where p.status in ('Submitted', 'Waiting', 'Running', 'Unknown')
                        group by p.vo, slot""")
                .setParameter("since", expectantSince)
                .getResultList();
        Map<String, List<PilotCount>> counts = new HashMap<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            counts.computeIfAbsent((String) columns[SLOT], slot -> new ArrayList<>())
                    .add(count(columns));
        }
        return counts;
    }

    /** The texts of the slots of ended pilots that their computing element still keeps something of. */
    @SuppressWarnings("unchecked") // by the result class asked for
    public List<String> uncleanedSlots(Instant endedBefore) {
        return entities.createNativeQuery("""
                        select distinct grid_site || '/' || destination_site || '/' || queue from wms.pilot
                        where status in ('Done', 'Failed', 'Deleted', 'Aborted') and not cleaned and last_update_time < :before""", String.class)
                .setParameter("before", endedBefore)
                .getResultList();
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

    /** The same of several; waits for nobody who changes one of them. */
    public void alive(Collection<PilotStamp> stamps, Instant now) {
        entities.createNativeQuery("""
                        update wms.pilot set last_update_time = :now where stamp in (
                            select stamp from wms.pilot where stamp in (:stamps) for no key update skip locked)""")
                .setParameter("now", now)
                .setParameter("stamps", stamps.stream().map(PilotStamp::text).toList())
                .executeUpdate();
    }

    /** How far the pilot's log has come; nobody else appends to it until the transaction ends. */
    public Optional<LogRoom> lockLog(PilotStamp stamp) {
        List<?> rows = entities.createNativeQuery("""
                        select log_next, log_lines, log_characters from wms.pilot
                        where stamp = :stamp for no key update""")
                .setParameter("stamp", stamp.text())
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new LogRoom(
                        ((Number) row[0]).longValue(), ((Number) row[1]).intValue(), ((Number) row[2]).longValue()))
                .findFirst();
    }

    /** Notes how far the pilot's log has come, which is a sign of life. */
    public void noteLog(PilotStamp stamp, LogRoom room, Instant now) {
        entities.createNativeQuery("""
                        update wms.pilot set log_next = :next, log_lines = :lines, log_characters = :characters,
                            last_update_time = :now where stamp = :stamp""")
                .setParameter("next", room.next())
                .setParameter("lines", room.lines())
                .setParameter("characters", room.characters())
                .setParameter("now", now)
                .setParameter("stamp", stamp.text())
                .executeUpdate();
    }

    /** @param stamp the one pilot that may use it, if it is for one alone */
    public void addSecret(String hash, VoName vo, Optional<PilotStamp> stamp, Instant expires, int mostUses) {
        entities.createNativeQuery("""
                        insert into wms.pilot_secret (secret_hash, vos, pilot_stamps, expires, most_uses)
                        values (:hash, string_to_array(:vo, ','), string_to_array(cast(:stamp as text), ','), :expires, :most)""")
                .setParameter("hash", hash)
                .setParameter("vo", vo.text())
                .setParameter("stamp", stamp.map(PilotStamp::text).orElse(null))
                .setParameter("expires", expires)
                .setParameter("most", mostUses)
                .executeUpdate();
    }

    /** Sets the constraints that are given; false if there is no such secret. */
    public boolean constrainSecret(String hash, SecretConstraints constraints) {
        return entities.createNativeQuery("""
                                update wms.pilot_secret set
                                    vos = coalesce(string_to_array(cast(:vos as text), ','), vos),
                                    pilot_stamps = coalesce(string_to_array(cast(:stamps as text), ','), pilot_stamps),
                                    sites = coalesce(string_to_array(cast(:sites as text), ','), sites)
                                where secret_hash = :hash""")
                        .setParameter("vos", joined(constraints.vos()))
                        .setParameter("stamps", joined(constraints.stamps()))
                        .setParameter("sites", joined(constraints.sites()))
                        .setParameter("hash", hash)
                        .executeUpdate()
                > 0;
    }

    /** None of these names has a comma; an empty list allows nothing. */
    private static @Nullable String joined(Optional<? extends List<?>> names) {
        return names.map(list -> list.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .orElse(null);
    }

    /**
     * Uses a secret once more if it is good for this pilot; of many callers at once as many succeed as it may be used.
     *
     * @param known whether the pilot is: then the secret must name it, lest one secret for all takes over the pilot of another
     */
    public boolean useSecret(String hash, PilotStamp stamp, VoName vo, String site, boolean known, Instant now) {
        return entities.createNativeQuery("""
                                update wms.pilot_secret set uses = uses + 1, used = :now
                                where secret_hash = :hash and uses < most_uses and expires > :now
                                    and (pilot_stamps is null and not :known or :stamp = any(pilot_stamps))
                                    and (vos is null or :vo = any(vos)) and (sites is null or :site = any(sites))""")
                        .setParameter("now", now)
                        .setParameter("hash", hash)
                        .setParameter("known", known)
                        .setParameter("stamp", stamp.text())
                        .setParameter("vo", vo.text())
                        .setParameter("site", site)
                        .executeUpdate()
                > 0;
    }

    public Optional<PilotSecret> secret(String hash) {
        List<?> rows =
                entities.createNativeQuery("""
                        select array_to_string(pilot_stamps, ','), uses >= most_uses, extract(epoch from expires)
                        from wms.pilot_secret where secret_hash = :hash""").setParameter("hash", hash).getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new PilotSecret(
                        Optional.ofNullable((String) row[0]).map(stamps -> Arrays.stream(stamps.split(",", -1))
                                .filter(stamp -> !stamp.isEmpty())
                                .map(PilotStamp::new)
                                .toList()),
                        (Boolean) row[1],
                        Instant.ofEpochSecond(((Number) row[2]).longValue())))
                .findFirst();
    }

    /** Makes the secrets useless that are this pilot's alone. */
    public void removeSecrets(PilotStamp stamp) {
        entities.createNativeQuery(
                        "delete from wms.pilot_secret where pilot_stamps = array[cast(:stamp as text)] and uses < most_uses")
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
