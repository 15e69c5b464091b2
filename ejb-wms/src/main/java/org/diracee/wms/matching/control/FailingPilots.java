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
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.matching.entity.MatchRepository;
import org.jspecify.annotations.Nullable;

/**
 * The pilots whose last jobs failed one after the other, within half an hour, because of their host. They get no more, for they would
 * go through a queue in no time. Each node looks for them every ten seconds. A pilot of ours ends by itself then; others may not.
 *
 * @see "WMS reference 13.1, StopAfterHostFailures"
 */
@ApplicationScoped
public class FailingPilots {

    /** Minor statuses of failed jobs that no other host would have given them. */
    public static final List<String> HOST_FAILURES = List.of(
            "Exception During Execution",
            "Installing Software",
            "Job Initialization",
            "Job Wrapper Initialization",
            "Job has insufficient disk space to continue",
            "JobWrapper execution",
            "Submitting To CE");

    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    private static final Duration LATELY = Duration.ofMinutes(30);

    private MatchRepository matches;
    private Clock clock;
    private final Lock looking = new ReentrantLock();
    private volatile @Nullable Known known;

    protected FailingPilots() {} // for the container's proxy

    @Inject
    public FailingPilots(MatchRepository matches, Clock clock) {
        this.matches = matches;
        this.clock = clock;
    }

    private record Known(Instant at, int times, Set<PilotStamp> pilots) {}

    /** Those that get no jobs. */
    public Set<PilotStamp> now(Configuration configuration) {
        int times = new MatchingSettings(configuration).stopAfterHostFailures();
        if (times == 0) {
            return Set.of();
        }
        Instant now = clock.instant();
        Known before = known;
        if (before != null && before.times == times && before.at.plus(GOOD_FOR).isAfter(now)) {
            return before.pilots;
        }
        if (!looking.tryLock()) {
            return before == null ? Set.of() : before.pilots;
        }
        try {
            Set<PilotStamp> pilots = Set.copyOf(matches.failing(HOST_FAILURES, now.minus(LATELY), times));
            known = new Known(now, times, pilots);
            return pilots;
        } finally {
            looking.unlock();
        }
    }
}
