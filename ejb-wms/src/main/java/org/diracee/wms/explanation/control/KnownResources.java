/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.explanation.boundary.Obstacle;
import org.diracee.wms.explanation.boundary.ResourceCheck;
import org.diracee.wms.explanation.boundary.ResourceChecks;
import org.diracee.wms.matching.boundary.MatchingLimits;
import org.diracee.wms.matching.boundary.QuotaUse;
import org.diracee.wms.matching.boundary.SiteLimit;
import org.diracee.wms.sitedirector.boundary.ConfiguredResources;
import org.diracee.wms.supply.boundary.SeenResource;
import org.diracee.wms.supply.boundary.Supply;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.TaskQueues;
import org.diracee.wms.taskqueue.boundary.Unmet;

/**
 * Compares the jobs of a queue with every resource that is known: those whose pilots came lately, and of the configuration those from
 * where none came.
 */
@ApplicationScoped
public class KnownResources {

    private Supply supply;
    private ConfiguredResources configured;
    private TaskQueues queues;
    private MatchingLimits limits;
    private SuspensionList suspensions;
    private BanList bans;

    protected KnownResources() {} // for the container's proxy

    @Inject
    public KnownResources(
            Supply supply,
            ConfiguredResources configured,
            TaskQueues queues,
            MatchingLimits limits,
            SuspensionList suspensions,
            BanList bans) {
        this.supply = supply;
        this.configured = configured;
        this.queues = queues;
        this.limits = limits;
        this.suspensions = suspensions;
        this.bans = bans;
    }

    private record Place(SiteName site, Optional<String> ce) {

        static Place of(ResourceDescription resource) {
            return new Place(resource.site(), resource.gridCe());
        }
    }

    /** Whether the jobs of this owner are held. */
    public boolean isHeld(QueueDefinition queue) {
        return suspensions.heldOwners(queue.vo()).contains(queue.owner().text());
    }

    /** What each resource says to the jobs of the queue. */
    public ResourceChecks check(QueueDefinition queue) {
        return of(queue.vo()).check(queue);
    }

    /** What is known for a VO now, to be compared with several queues. */
    public Known of(VoName vo) {
        List<SeenResource> seen = supply.resources(vo);
        Set<Place> places =
                seen.stream().map(one -> Place.of(one.description())).collect(Collectors.toSet());
        return new Known(
                seen,
                configured.of(vo).stream()
                        .filter(one -> !places.contains(Place.of(one)))
                        .toList());
    }

    /** The resources of a VO as they were read once. */
    public final class Known {

        private final List<SeenResource> seen;
        private final List<ResourceDescription> others;
        private final Map<Place, List<SiteLimit>> limitsAt = new HashMap<>();

        private Known(List<SeenResource> seen, List<ResourceDescription> others) {
            this.seen = seen;
            this.others = others;
        }

        /** What each resource says to the jobs of a queue of the VO. */
        public ResourceChecks check(QueueDefinition queue) {
            List<Obstacle> everywhere = everywhere(queue);
            List<ResourceCheck> checks = new ArrayList<>();
            seen.forEach(one ->
                    checks.add(against(queue, one.description(), Optional.of(one.lastSeen()), everywhere, limitsAt)));
            others.forEach(one -> checks.add(against(queue, one, Optional.empty(), everywhere, limitsAt)));
            return new ResourceChecks(checks);
        }
    }

    /** What keeps the jobs of the queue from every resource. */
    private List<Obstacle> everywhere(QueueDefinition queue) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (isHeld(queue)) {
            obstacles.add(new Obstacle(Obstacle.Kind.HELD, "the jobs of " + queue.owner() + " are held"));
        }
        limits.ofOwners(queue).stream()
                .filter(QuotaUse::isReached)
                .map(use -> new Obstacle(
                        Obstacle.Kind.QUOTA,
                        use.whose() + " runs " + use.jobs() + " of " + use.most() + " jobs (" + use.option() + ")"))
                .forEach(obstacles::add);
        return obstacles;
    }

    private ResourceCheck against(
            QueueDefinition queue,
            ResourceDescription resource,
            Optional<Instant> lastSeen,
            List<Obstacle> everywhere,
            Map<Place, List<SiteLimit>> limitsAt) {
        List<Obstacle> obstacles = new ArrayList<>();
        try {
            List<Unmet> unmet = queues.unmet(queue, resource);
            if (!unmet.isEmpty()) {
                return new ResourceCheck(resource, lastSeen, unmet, List.of());
            }
        } catch (InvalidRequest broken) {
            obstacles.add(new Obstacle(Obstacle.Kind.BROKEN, broken.detail()));
        }
        SiteName site = resource.site();
        if (suspensions.stopsWork(queue.vo(), site)) {
            obstacles.add(new Obstacle(Obstacle.Kind.SUSPENDED, "the site " + site + " or the VO is suspended"));
        }
        bans.stopping(queue.vo(), site, resource.gridCe())
                .ifPresent(ban -> obstacles.add(new Obstacle(Obstacle.Kind.BANNED, text(ban))));
        obstacles.addAll(everywhere);
        limitsAt.computeIfAbsent(Place.of(resource), place -> limits.at(queue.vo(), place.site(), place.ce())).stream()
                .filter(limit ->
                        limit.left() == 0 && queue.listed(limit.field()).contains(limit.value()))
                .map(limit -> obstacle(site, limit))
                .forEach(obstacles::add);
        return new ResourceCheck(resource, lastSeen, List.of(), obstacles);
    }

    private static String text(Ban ban) {
        return ban.target().text() + " is banned"
                + ban.until().map(until -> " until " + Times.text(until)).orElse("")
                + " by " + ban.author() + (ban.vo().isEmpty() ? " for all VOs" : "") + ", because: " + ban.reason();
    }

    private static Obstacle obstacle(SiteName site, SiteLimit limit) {
        String place = site + limit.ce().map(ce -> "/" + ce).orElse("");
        String kind = "with " + limit.field().text() + " " + limit.value();
        if (limit.most().isEmpty()) {
            return new Obstacle(
                    Obstacle.Kind.DELAY,
                    place + " gets the next job " + kind
                            + limit.until()
                                    .map(until -> " at " + Times.text(until))
                                    .orElse(" in a moment"));
        }
        int most = limit.most().get();
        return new Obstacle(
                Obstacle.Kind.LIMIT,
                most == 0
                        ? place + " gets no jobs " + kind
                        : place + " may have " + most + " jobs " + kind + " at a time, and has them");
    }
}
