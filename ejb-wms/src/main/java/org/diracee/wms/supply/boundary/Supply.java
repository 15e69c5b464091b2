/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.supply.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.supply.entity.SupplyRepository;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/** Remembers what pilots have described and what was handed out to them. */
@Stateless
public class Supply {

    /** So long a resource is remembered after its last pilot. */
    public static final Duration REMEMBERED = Duration.ofDays(7);

    /** Resources that are remembered of a VO. */
    public static final int MOST_RESOURCES = 5_000;

    private static final String INTERNAL = "the calling service has checked the caller";

    private SupplyRepository rows;
    private Clock clock;

    protected Supply() {} // for the container's proxy

    @Inject
    public Supply(SupplyRepository rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Remembers what a pilot described, if anything, and how many jobs were handed out in which slots of time. */
    @OpenAccess(INTERNAL)
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void write(VoName vo, Optional<ResourceDescription> described, Map<HandOutSlot, Long> handedOut) {
        described.ifPresent(resource -> rows.see(vo, resource, clock.instant(), REMEMBERED, MOST_RESOURCES));
        if (!handedOut.isEmpty()) {
            rows.handedOut(handedOut, clock.instant());
        }
    }

    /** The resources whose pilots have asked for jobs of the VO lately, the last seen first. */
    @OpenAccess(INTERNAL)
    public List<SeenResource> resources(VoName vo) {
        return rows.resources(vo, clock.instant().minus(REMEMBERED));
    }

    /** How many jobs of the queue were handed out in the last hour, as far as nodes have told: each does once a minute. */
    @OpenAccess(INTERNAL)
    public long handedOutInLastHour(long queue) {
        return rows.handedOutSince(queue, clock.instant().minus(Duration.ofHours(1)));
    }
}
