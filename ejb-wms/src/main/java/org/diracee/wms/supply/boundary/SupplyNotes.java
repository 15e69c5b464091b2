/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.supply.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * Notes on this node what pilots ask for and get, and passes it on to the database at most once a minute, for each computing element and
 * for all that was handed out. Costs a hand-out nothing but that; a node that dies takes the last minute with it.
 */
@ApplicationScoped
public class SupplyNotes {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final long SLOT_SECONDS = 300;
    private static final int MOST_PLACES = 20_000;

    private final Map<Place, Instant> noted = new ConcurrentHashMap<>();
    private final Map<HandOutSlot, Long> handedOut = new ConcurrentHashMap<>();
    private Supply supply;
    private Clock clock;
    private volatile Instant flushed = Instant.EPOCH;

    protected SupplyNotes() {} // for the container's proxy

    @Inject
    public SupplyNotes(Supply supply, Clock clock) {
        this.supply = supply;
        this.clock = clock;
    }

    private record Place(VoName vo, SiteName site, Optional<String> ce) {}

    /**
     * Notes a request that was answered; never fails.
     *
     * @param queues the queue of each job that was handed out
     */
    @OpenAccess("called for pilots whose request was answered")
    public void note(VoName vo, ResourceDescription resource, Collection<Long> queues) {
        Instant now = clock.instant();
        Instant slot = Instant.ofEpochSecond(now.getEpochSecond() / SLOT_SECONDS * SLOT_SECONDS);
        queues.forEach(queue -> handedOut.merge(new HandOutSlot(queue, slot), 1L, Long::sum));
        // one who wants a certain job does not say what else he would take
        boolean describes =
                resource.wanted().job().isEmpty() && isDue(new Place(vo, resource.site(), resource.gridCe()), now);
        Map<HandOutSlot, Long> passedOn = isDue(now) ? taken() : Map.of();
        if (describes || !passedOn.isEmpty()) {
            try {
                supply.write(vo, describes ? Optional.of(resource) : Optional.empty(), passedOn);
            } catch (RuntimeException notWritten) {
                passedOn.forEach((one, jobs) -> handedOut.merge(one, jobs, Long::sum));
                LOG.supplyNotNoted(notWritten);
            }
        }
    }

    private boolean isDue(Place place, Instant now) {
        if (noted.size() > MOST_PLACES) {
            noted.clear();
        }
        boolean[] due = {false};
        noted.compute(place, (same, before) -> {
            due[0] = before == null || !before.plus(PERIOD).isAfter(now);
            return due[0] ? now : before;
        });
        return due[0];
    }

    private synchronized boolean isDue(Instant now) {
        if (flushed.plus(PERIOD).isAfter(now)) {
            return false;
        }
        flushed = now;
        return true;
    }

    private Map<HandOutSlot, Long> taken() {
        Map<HandOutSlot, Long> taken = new HashMap<>();
        for (HandOutSlot slot : handedOut.keySet()) {
            Long jobs = handedOut.remove(slot);
            if (jobs != null) {
                taken.put(slot, jobs);
            }
        }
        return taken;
    }
}
