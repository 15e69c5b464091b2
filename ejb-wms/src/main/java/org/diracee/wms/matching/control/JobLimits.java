/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.matching.boundary.SiteLimit;
import org.diracee.wms.matching.control.JobLimitSettings.RunningLimit;
import org.diracee.wms.matching.entity.LimitRepository;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * How many more jobs a site may get. What runs there is counted anew every ten seconds; in between each node counts what it hands out
 * itself, so several nodes together may exceed a limit by what they hand out in that time.
 *
 * @see "WMS reference 10.5"
 */
@ApplicationScoped
public class JobLimits {

    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final Map<Place, Counted> counted = new ConcurrentHashMap<>();
    private LimitRepository repository;
    private Clock clock;

    protected JobLimits() {} // for the container's proxy

    @Inject
    public JobLimits(LimitRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    private record Place(VoName vo, SiteName site, Optional<String> ce, QueueField field) {}

    private record Counted(Instant at, Map<String, Integer> jobs, Map<RunningLimit, AtomicInteger> left) {}

    /** What is left of each limit of the VO's jobs at the site and, if it is known, the computing element. */
    public List<Allowance> left(Configuration configuration, VoName vo, SiteName site, Optional<String> ce) {
        List<Allowance> allowances = new ArrayList<>();
        for (RunningLimit limit : new JobLimitSettings(configuration).runningLimits(vo, site, ce)) {
            allowances.add(Allowance.of(limit.field(), limit.value(), left(vo, site, limit)));
        }
        return allowances;
    }

    /** All limits of the VO's jobs at the site, reached or not, delays among them. */
    public List<SiteLimit> all(Configuration configuration, VoName vo, SiteName site, Optional<String> ce) {
        JobLimitSettings settings = new JobLimitSettings(configuration);
        List<SiteLimit> all = new ArrayList<>();
        for (RunningLimit limit : settings.runningLimits(vo, site, ce)) {
            all.add(new SiteLimit(
                    limit.field(),
                    limit.value(),
                    limit.ce(),
                    Optional.of(limit.most()),
                    Math.max(0, left(vo, site, limit).get()),
                    Optional.empty()));
        }
        for (JobLimitSettings.MatchingDelay delay : settings.matchingDelays(vo, site)) {
            Optional<Instant> until = repository.delayedUntil(
                    new LimitRepository.Delayed(vo, site, delay.field(), delay.value()), clock.instant());
            all.add(new SiteLimit(
                    delay.field(),
                    delay.value(),
                    Optional.empty(),
                    Optional.empty(),
                    until.isPresent() ? 0 : 1,
                    until));
        }
        return all;
    }

    private AtomicInteger left(VoName vo, SiteName site, RunningLimit limit) {
        Counted now = counted(new Place(vo, site, limit.ce(), limit.field()));
        return now.left.computeIfAbsent(
                limit, absent -> new AtomicInteger(limit.most() - now.jobs.getOrDefault(limit.value(), 0)));
    }

    private Counted counted(Place place) {
        Instant now = clock.instant();
        Counted known = counted.get(place);
        if (known != null && known.at.plus(GOOD_FOR).isAfter(now)) {
            return known;
        }
        Map<String, Integer> jobs = place.ce
                .map(ce -> repository.atElement(place.vo, place.site, ce, place.field))
                .orElseGet(() -> repository.atSite(place.vo, place.site, place.field));
        Counted fresh = new Counted(now, jobs, new ConcurrentHashMap<>());
        counted.put(place, fresh);
        return fresh;
    }

    /** What holds back jobs at sites, within one transaction. */
    public Delays delays(Configuration configuration) {
        return new Delays(configuration);
    }

    /** Kinds of jobs of which a site gets one and then none for a while; within one transaction. */
    public final class Delays {

        private final JobLimitSettings settings;
        private final Map<LimitRepository.Delayed, Allowance> claimed = new HashMap<>();
        private final Map<LimitRepository.Delayed, Duration> spans = new HashMap<>();

        private Delays(Configuration configuration) {
            this.settings = new JobLimitSettings(configuration);
        }

        /** For each kind one job if nothing holds it back, else none. */
        public List<Allowance> left(VoName vo, SiteName site) {
            List<LimitRepository.Delayed> kinds = new ArrayList<>();
            List<LimitRepository.Delayed> unclaimed = new ArrayList<>();
            for (JobLimitSettings.MatchingDelay delay : settings.matchingDelays(vo, site)) {
                LimitRepository.Delayed kind = new LimitRepository.Delayed(vo, site, delay.field(), delay.value());
                kinds.add(kind);
                if (spans.put(kind, delay.delay()) == null) {
                    unclaimed.add(kind);
                }
            }
            if (!unclaimed.isEmpty()) {
                Set<LimitRepository.Delayed> free = repository.claim(unclaimed, clock.instant());
                unclaimed.forEach(kind -> claimed.put(
                        kind,
                        Allowance.of(kind.field(), kind.value(), new AtomicInteger(free.contains(kind) ? 1 : 0))));
            }
            return kinds.stream()
                    .flatMap(kind -> Optional.ofNullable(claimed.get(kind)).stream())
                    .toList();
        }

        /** Notes that jobs were handed out under these allowances. */
        public void begin(List<Allowance> used, Instant now) {
            Map<LimitRepository.Delayed, Instant> until = new HashMap<>();
            claimed.forEach((kind, allowance) -> {
                if (used.contains(allowance)) {
                    until.put(kind, now.plus(spans.getOrDefault(kind, Duration.ZERO)));
                }
            });
            repository.delay(until);
        }
    }
}
