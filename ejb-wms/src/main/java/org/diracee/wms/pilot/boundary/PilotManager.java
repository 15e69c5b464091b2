/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.control.PilotExists;
import org.diracee.wms.pilot.control.PilotHasEnded;
import org.diracee.wms.pilot.control.PilotNotFound;
import org.diracee.wms.pilot.control.PilotPolicy;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSecrets;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotRepository;

/**
 * The register of pilots: what users, pilots and the site director know and say of them.
 *
 * @see "DiracX REST reference 9"
 */
@Stateless
public class PilotManager {

    /** One order for all, so that two calls never wait for each other. */
    private static final Comparator<PilotStamp> IN_TURN = Comparator.comparing(PilotStamp::text);

    private PilotRepository pilots;
    private PilotReading reading;
    private PilotSettings settings;
    private Registry registry;
    private Event<PilotEnded> ended;
    private Clock clock;

    protected PilotManager() {} // for the container's proxy

    @Inject
    public PilotManager(
            PilotRepository pilots,
            PilotReading reading,
            PilotSettings settings,
            Registry registry,
            Event<PilotEnded> ended,
            Clock clock) {
        this.pilots = pilots;
        this.reading = reading;
        this.settings = settings;
        this.registry = registry;
        this.ended = ended;
        this.clock = clock;
    }

    /**
     * Makes a pilot known that was submitted by other means.
     *
     * @throws PilotExists if the stamp is taken
     */
    @Requires(
            value = {Property.SERVICE_ADMINISTRATOR, Property.GENERIC_PILOT},
            unlimited = true)
    public void register(Caller caller, PilotRegistration registration) {
        if (!PilotPolicy.mayManage(caller, registration.vo())) {
            throw new Forbidden();
        }
        if (!registry.knows(registration.vo())) {
            throw new InvalidRequest("The VO " + registration.vo() + " is not registered here");
        }
        if (!pilots.addIfNew(Pilot.registered(registration, clock.instant()))) {
            throw new PilotExists(registration.stamp());
        }
    }

    /**
     * Changes pilots, all or none. A pilot changes itself alone, and no more once it has ended.
     *
     * @throws PilotNotFound if a stamp is unknown
     * @throws OtherSite if a pilot names another site than it has
     */
    @Requires(
            value = {Property.SERVICE_ADMINISTRATOR, Property.GENERIC_PILOT},
            callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.SYSTEM})
    public void update(Caller caller, Map<PilotStamp, PilotMetadata> changes) {
        PilotPolicy.requireOneOrAdministrator(caller, changes.keySet());
        Instant now = clock.instant();
        for (PilotStamp stamp : changes.keySet().stream().sorted(IN_TURN).toList()) {
            Pilot pilot = pilots.findAndLock(stamp)
                    .filter(found -> PilotPolicy.mayKnow(caller, found.vo()))
                    .orElseThrow(() -> new PilotNotFound(stamp));
            change(caller, pilot, changes.getOrDefault(stamp, PilotMetadata.NOTHING), now);
        }
    }

    private void change(Caller caller, Pilot pilot, PilotMetadata metadata, Instant now) {
        if (caller instanceof Caller.Pilot) {
            boolean repeats = metadata.status().filter(pilot.status()::equals).isPresent();
            if (pilot.status().isFinal() && !repeats) {
                throw new PilotHasEnded(pilot.stamp(), pilot.status());
            }
            Optional<String> other = metadata.gridSite().filter(site -> !pilot.canBeAt(site));
            if (other.isPresent()) {
                throw new OtherSite(pilot.stamp(), pilot.gridSite(), other.get());
            }
        } else if (!PilotPolicy.mayManage(caller, pilot.vo())) {
            throw new Forbidden();
        }
        if (pilot.change(metadata, now)) {
            pilots.removeSecrets(pilot.stamp());
            ended.fire(new PilotEnded(pilot.stamp()));
        }
    }

    /** A pilot as it stands. */
    @Requires(callers = {CallerKind.USER, CallerKind.SYSTEM})
    public PilotView view(Caller caller, PilotStamp stamp) {
        return visible(caller, stamp).view();
    }

    /** The pilot that asks. */
    @Requires(callers = CallerKind.PILOT)
    public Caller.Pilot self(Caller caller) {
        return (Caller.Pilot) caller;
    }

    /** The ends of what an ended pilot wrote; empty as long as its computing element was not asked. */
    @Requires(callers = {CallerKind.USER, CallerKind.SYSTEM})
    public Optional<PilotOutput> output(Caller caller, PilotStamp stamp) {
        return pilots.output(visible(caller, stamp).stamp());
    }

    /** Asks for the end of pilots; each that has not ended yet is killed by the site director's next cycle. */
    @Requires({Property.SERVICE_ADMINISTRATOR, Property.OPERATOR})
    public BulkResult<PilotStamp, PilotView> kill(Caller caller, Collection<PilotStamp> stamps) {
        Map<PilotStamp, PilotView> success = new LinkedHashMap<>();
        Map<PilotStamp, Problem> failed = new LinkedHashMap<>();
        Instant now = clock.instant();
        for (PilotStamp stamp : stamps.stream().distinct().sorted(IN_TURN).toList()) {
            Optional<Pilot> found = pilots.findAndLock(stamp).filter(pilot -> PilotPolicy.mayKill(caller, pilot.vo()));
            if (found.isEmpty()) {
                failed.put(stamp, new PilotNotFound(stamp).problem());
            } else if (found.get().status().isFinal()) {
                DiracException over = new PilotHasEnded(stamp, found.get().status());
                failed.put(stamp, over.problem());
            } else {
                found.get().requestKill(now);
                success.put(stamp, found.get().view());
            }
        }
        return new BulkResult<>(success, failed);
    }

    /**
     * Prepares pilots for submission: when this is committed, each has a row and a secret, and may be started.
     *
     * @param gridType kind of the computing element
     */
    @Requires(callers = CallerKind.SYSTEM)
    public List<IssuedPilot> issue(Caller caller, VoName vo, String gridType, PilotSlot slot, int number) {
        Instant now = clock.instant();
        List<IssuedPilot> issued = new ArrayList<>(number);
        for (int index = 0; index < number; index++) {
            IssuedPilot pilot = new IssuedPilot(PilotSecrets.stamp(), PilotSecrets.secret());
            pilots.add(Pilot.issued(pilot.stamp(), vo, gridType, slot, now));
            pilots.addSecret(
                    PilotSecrets.hash(pilot.secret()),
                    vo,
                    Optional.of(pilot.stamp()),
                    now.plus(settings.secretLifetime()),
                    1);
            issued.add(pilot);
        }
        return issued;
    }

    /** Forgets a pilot that was not sent, as there was nothing to do for it. */
    @Requires(callers = CallerKind.SYSTEM)
    public void withdraw(Caller caller, PilotStamp stamp) {
        pilots.findAndLock(stamp).filter(pilot -> !pilot.hasReference()).ifPresent(pilots::remove);
    }

    /** Asks for the end of a pilot that the server itself wants no more. */
    @Requires(callers = CallerKind.SYSTEM)
    public void condemn(Caller caller, PilotStamp stamp) {
        pilots.findAndLock(stamp)
                .filter(pilot -> !pilot.status().isFinal())
                .ifPresent(pilot -> pilot.requestKill(clock.instant()));
    }

    /** Notes how the computing element calls a pilot that it took. */
    @Requires(callers = CallerKind.SYSTEM)
    public void accepted(Caller caller, PilotStamp stamp, String reference, String reason) {
        pilots.findAndLock(stamp)
                .orElseThrow(() -> new PilotNotFound(stamp))
                .accepted(reference, reason, clock.instant());
    }

    /**
     * Notes what a computing element reports; a pilot that has ended by its own word stays as it is.
     *
     * @return whether anything changed
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean report(Caller caller, PilotStamp stamp, PilotStatus status, String reason) {
        Pilot pilot = pilots.findAndLock(stamp).orElseThrow(() -> new PilotNotFound(stamp));
        if (pilot.status().isFinal() || pilot.status() == status) {
            return false;
        }
        change(caller, pilot, PilotMetadata.of(status, reason), clock.instant());
        return true;
    }

    /** Notes that a computing element knows of these pilots; those that somebody changes at the moment need no note. */
    @Requires(callers = CallerKind.SYSTEM)
    public void alive(Caller caller, Collection<PilotStamp> stamps) {
        pilots.alive(stamps, clock.instant());
    }

    /** Keeps the ends of what a pilot wrote. */
    @Requires(callers = CallerKind.SYSTEM)
    public void storeOutput(Caller caller, PilotStamp stamp, PilotOutput output) {
        pilots.storeOutput(stamp, output, clock.instant());
    }

    /** Notes that nothing of the pilot is left at its computing element. */
    @Requires(callers = CallerKind.SYSTEM)
    public void cleaned(Caller caller, PilotStamp stamp) {
        pilots.findAndLock(stamp).orElseThrow(() -> new PilotNotFound(stamp)).clean();
    }

    /** Pilots of the slot that have not ended, the oldest first. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<PilotView> unfinished(Caller caller, PilotSlot slot, int limit) {
        return pilots.unfinished(slot, limit).stream().map(Pilot::view).toList();
    }

    /** Pilots of the slot that ended a while ago and that their computing element may still keep something of. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<PilotView> uncleaned(Caller caller, PilotSlot slot, Duration since, int limit) {
        return pilots.uncleaned(slot, clock.instant().minus(since), limit).stream()
                .map(Pilot::view)
                .toList();
    }

    /**
     * How many pilots of the slot have not ended, by VO.
     *
     * @param patience how long a pilot that runs counts as expectant until it has its first job
     */
    @Requires(callers = CallerKind.SYSTEM)
    public List<PilotCount> counts(Caller caller, PilotSlot slot, Duration patience) {
        return pilots.counts(slot, clock.instant().minus(patience));
    }

    /**
     * How many pilots of all slots have not ended, by VO.
     *
     * @param patience how long a pilot that runs counts as expectant until it has its first job
     * @return by the slot as text; slots without are left out
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Map<String, List<PilotCount>> counts(Caller caller, Duration patience) {
        return pilots.counts(clock.instant().minus(patience));
    }

    /** The slots, as texts, of pilots that ended a while ago and that their computing element may still keep something of. */
    @Requires(callers = CallerKind.SYSTEM)
    public Set<String> uncleanedSlots(Caller caller, Duration since) {
        return Set.copyOf(pilots.uncleanedSlots(clock.instant().minus(since)));
    }

    private Pilot visible(Caller caller, PilotStamp stamp) {
        return reading.require(caller, stamp, pilots.find(stamp));
    }
}
