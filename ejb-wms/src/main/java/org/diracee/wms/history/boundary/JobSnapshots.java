/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.history.control.HistorySettings;
import org.diracee.wms.history.entity.SnapshotRepository;

/**
 * Keeps how many jobs and pilots there were at which time.
 *
 * @see "WMS reference 14"
 */
@Stateless
public class JobSnapshots {

    private SnapshotRepository snapshots;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobSnapshots() {} // for the container's proxy

    @Inject
    public JobSnapshots(SnapshotRepository snapshots, ConfigurationService configuration, Clock clock) {
        this.snapshots = snapshots;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Writes down how many jobs and pilots there are, once in a minute; tells how many rows that took. */
    @Requires(callers = CallerKind.SYSTEM)
    public int take(Caller caller) {
        return snapshots.take(clock.instant().truncatedTo(ChronoUnit.MINUTES));
    }

    /** Replaces the minutes of one hour, the oldest whose minutes are no longer kept, by their average; tells whether there was one. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean coarsen(Caller caller) {
        Instant kept = clock.instant()
                .minus(new HistorySettings(configuration.current()).detail())
                .truncatedTo(ChronoUnit.HOURS);
        Optional<Instant> hour = snapshots.oldestFine(kept).map(oldest -> oldest.truncatedTo(ChronoUnit.HOURS));
        hour.ifPresent(start -> snapshots.coarsen(start, start.plus(1, ChronoUnit.HOURS)));
        return hour.isPresent();
    }

    /** Makes averages of what was found at the looks, with zeros where something was counted but none of these. */
    @OpenAccess("the calling service has checked the caller and what it was let find")
    public History history(HistorySpan span, List<History.Look> looks) {
        SortedMap<Instant, Long> counted = snapshots.counted(span.from(), span.to(), span.step());
        Map<Map<String, Optional<Object>>, Map<Instant, Double>> series = new LinkedHashMap<>();
        looks.forEach(look ->
                series.computeIfAbsent(look.values(), values -> new HashMap<>()).put(look.step(), look.sum()));
        return new History(
                span.step(),
                List.copyOf(counted.keySet()),
                series.entrySet().stream()
                        .map(one -> new History.Series(
                                one.getKey(),
                                counted.entrySet().stream()
                                        .map(step -> one.getValue().getOrDefault(step.getKey(), 0.0) / step.getValue())
                                        .toList()))
                        .toList());
    }

    /**
     * The average numbers of running jobs over the last time: by group, or in a group by owner. Those who had none are left out.
     *
     * @return numbers by names
     */
    @OpenAccess("the calling service has checked the caller")
    public Map<String, Double> averageRunning(VoName vo, Optional<GroupName> group, Duration timeSpan) {
        return snapshots.averageRunning(vo, group, clock.instant().minus(timeSpan));
    }
}
