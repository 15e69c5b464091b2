/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.history.boundary.HistorySpan;
import org.diracee.wms.history.boundary.InvalidSpan;
import org.diracee.wms.history.boundary.JobSnapshots;
import org.diracee.wms.pilot.control.InvalidPilotSearch;
import org.diracee.wms.pilot.control.PilotPolicy;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSearchRules;
import org.diracee.wms.pilot.entity.PilotColumn;
import org.diracee.wms.pilot.entity.PilotCriterion;
import org.diracee.wms.pilot.entity.PilotSearchRepository;

/** Answers what is known of many pilots: those of the caller's VO, to service administrators all. */
@Stateless
public class PilotMonitoring {

    private static final int SUMMARY_LIMIT = 10_000;
    private static final int HISTORY_LIMIT = 50_000;

    /** @see "WMS reference 11.2: Aborted_Hour" */
    private static final Duration LATELY = Duration.ofHours(1);

    private PilotSearchRepository search;
    private PilotReading reading;
    private SuspensionList suspensions;
    private BanList bans;
    private JobSnapshots snapshots;
    private Clock clock;

    protected PilotMonitoring() {} // for the container's proxy

    @Inject
    public PilotMonitoring(
            PilotSearchRepository search,
            PilotReading reading,
            SuspensionList suspensions,
            BanList bans,
            JobSnapshots snapshots,
            Clock clock) {
        this.search = search;
        this.reading = reading;
        this.suspensions = suspensions;
        this.bans = bans;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /**
     * One page of the pilots that the caller may see and that meet the query.
     *
     * @param page from 1
     * @param perPage 1 to 10 000
     * @throws InvalidPilotSearch if the query makes no sense
     */
    @Requires
    public FoundPilots search(Caller caller, PilotQuery query, int page, int perPage) {
        PageRequest size = new PageRequest(perPage, Optional.empty());
        Set<PilotColumn> columns = PilotSearchRules.columns(query.parameters().orElse(List.of()));
        List<PilotCriterion> criteria = visible(caller, query.filters());
        long first = (page - 1L) * size.limit();
        List<Map<String, Optional<Object>>> rows = search.find(
                columns, criteria, PilotSearchRules.orders(query, columns), query.distinct(), first, size.limit());
        boolean known = rows.size() < size.limit() && (first == 0 || !rows.isEmpty());
        long total = known ? first + rows.size() : search.count(columns, criteria, query.distinct());
        return new FoundPilots(rows, first, total);
    }

    /**
     * How many of the pilots that the caller may see meet the filters, for each combination of values that occurs.
     *
     * @param grouping names of columns; none: all of them
     * @throws InvalidPilotSearch if a filter or column makes no sense
     */
    @Requires
    public List<PilotGroup> summary(Caller caller, List<String> grouping, List<PilotQuery.Filter> filters) {
        List<PilotSearchRepository.Group> groups =
                search.groups(PilotSearchRules.columns(grouping), visible(caller, filters), SUMMARY_LIMIT + 1);
        requireBounded(groups.size());
        return groups.stream()
                .map(group -> new PilotGroup(group.values(), group.pilots()))
                .toList();
    }

    /**
     * How the pilots that the caller may see fare, for each computing element or each site.
     *
     * @param sites only these; none: all
     * @param computingElements only these; none: all
     */
    @Requires
    public List<PilotsAtResource> resources(
            Caller caller, List<String> sites, List<String> computingElements, boolean bySite) {
        List<PilotCriterion> criteria = new ArrayList<>(visible(caller, List.of()));
        if (!sites.isEmpty()) {
            criteria.add(PilotCriterion.in(PilotColumn.GRID_SITE, sites, false));
        }
        if (!computingElements.isEmpty()) {
            criteria.add(PilotCriterion.in(PilotColumn.DESTINATION_SITE, computingElements, false));
        }
        List<PilotSearchRepository.Fate> fates =
                search.fates(criteria, bySite, clock.instant().minus(LATELY), SUMMARY_LIMIT + 1);
        requireBounded(fates.size());
        Map<List<String>, List<PilotSearchRepository.Fate>> byResource = fates.stream()
                .collect(Collectors.groupingBy(
                        fate -> List.of(fate.site(), fate.computingElement().orElse("")),
                        LinkedHashMap::new,
                        Collectors.toList()));
        Optional<VoName> vo = reading.isConfined(caller) ? Optional.empty() : readableVo(caller);
        return byResource.values().stream().map(alike -> resource(vo, alike)).toList();
    }

    /**
     * How many of the pilots that the caller may see met the filters over a time, for each combination of values that occurred.
     *
     * @throws InvalidPilotSearch if a filter or column makes no sense
     * @throws InvalidSpan if the time or step makes none
     */
    @Requires
    public History history(Caller caller, PilotHistoryQuery query) {
        HistorySpan span = HistorySpan.of(query.from(), query.to(), query.step());
        Set<PilotColumn> columns = PilotSearchRules.counted(query.grouping(), query.filters());
        List<History.Look> looks = search.history(columns, visible(caller, query.filters()), span, HISTORY_LIMIT + 1);
        if (looks.size() > HISTORY_LIMIT) {
            throw new InvalidRequest(
                    ErrorCode.QUERY_TOO_EXPENSIVE,
                    "The history has more than " + HISTORY_LIMIT
                            + " numbers, which is the most that is answered; group by fewer columns or take longer steps");
        }
        return snapshots.history(span, looks);
    }

    private PilotsAtResource resource(Optional<VoName> vo, List<PilotSearchRepository.Fate> fates) {
        PilotSearchRepository.Fate any = fates.get(0);
        return new PilotsAtResource(
                any.site(),
                any.computingElement(),
                fates.stream()
                        .collect(Collectors.toMap(
                                PilotSearchRepository.Fate::status, PilotSearchRepository.Fate::pilots)),
                fates.stream()
                        .filter(fate -> fate.status() == PilotStatus.DONE)
                        .mapToLong(PilotSearchRepository.Fate::withoutJob)
                        .sum(),
                fates.stream()
                        .filter(fate -> fate.status() == PilotStatus.ABORTED)
                        .mapToLong(PilotSearchRepository.Fate::changedLately)
                        .sum(),
                !suspensions.suspendsSite(any.site()) && bans.allows(vo, any.site(), any.computingElement()));
    }

    private static void requireBounded(int rows) {
        if (rows > SUMMARY_LIMIT) {
            throw new InvalidRequest(
                    ErrorCode.QUERY_TOO_EXPENSIVE,
                    "The summary has more than " + SUMMARY_LIMIT
                            + " rows, which is the most that is answered; group by fewer columns");
        }
    }

    /** The VO whose pilots the caller finds when it searches, or nothing if it finds all; for services that tell of them in another way. */
    @Requires
    public Optional<VoName> readable(Caller caller) {
        return readableVo(caller);
    }

    private Optional<VoName> readableVo(Caller caller) {
        if (!(caller instanceof Caller.User user) || reading.isConfined(user) || !PilotPolicy.maySee(user, user.vo())) {
            throw new Forbidden();
        }
        return user.has(Property.SERVICE_ADMINISTRATOR) ? Optional.empty() : Optional.of(user.vo());
    }

    private List<PilotCriterion> visible(Caller caller, List<PilotQuery.Filter> filters) {
        List<PilotCriterion> narrowing = reading.narrowing(caller);
        List<PilotCriterion> criteria = new ArrayList<>(PilotSearchRules.criteria(filters));
        criteria.addAll(narrowing);
        return criteria;
    }
}
