/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.description.boundary.JobText;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.history.boundary.HistorySpan;
import org.diracee.wms.history.boundary.JobSnapshots;
import org.diracee.wms.job.control.CountCache;
import org.diracee.wms.job.control.HistoryRules;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.control.JobNotFound;
import org.diracee.wms.job.control.JobReading;
import org.diracee.wms.job.control.JobSettings;
import org.diracee.wms.job.control.SearchRules;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobDetailsRepository;
import org.diracee.wms.job.entity.JobDetailsRepository.Holding;
import org.diracee.wms.job.entity.JobDetailsRepository.LogLine;
import org.diracee.wms.job.entity.JobOrder;
import org.diracee.wms.job.entity.JobSearchRepository;

/** Answers what is known of jobs: of many by search and summary, of one by its id. */
@Stateless
public class JobMonitoring {

    /** Up to here a total is always exact and of this moment. */
    static final long EXACT_TOTAL = 100_000;

    /** Heartbeats that are shown of a job: those of a week, one per minute. */
    public static final int BEATS = 10_000;

    private JobSearchRepository search;
    private JobDetailsRepository details;
    private CountCache counts;
    private JobSnapshots snapshots;
    private ManagedSites sites;
    private ConfigurationService configuration;

    protected JobMonitoring() {} // for the container's proxy

    @Inject
    public JobMonitoring(
            JobSearchRepository search,
            JobDetailsRepository details,
            CountCache counts,
            JobSnapshots snapshots,
            ManagedSites sites,
            ConfigurationService configuration) {
        this.search = search;
        this.details = details;
        this.counts = counts;
        this.snapshots = snapshots;
        this.sites = sites;
        this.configuration = configuration;
    }

    /**
     * One page of the jobs that the caller may read and that meet the query.
     *
     * @param page from 1
     * @param perPage 1 to 10 000
     * @throws InvalidSearch if the query makes no sense
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public FoundJobs search(Caller caller, JobQuery query, int page, int perPage) {
        PageRequest size = new PageRequest(perPage, Optional.empty());
        Set<JobColumn> columns = SearchRules.columns(query.parameters());
        List<JobCondition> conditions = conditions(caller, query.filters());
        List<JobOrder> orders = IntStream.range(0, query.orders().size())
                .mapToObj(i -> SearchRules.order(
                        query.orders().get(i).parameter(),
                        query.orders().get(i).descending(),
                        i,
                        columns,
                        query.distinct()))
                .toList();
        long first = (page - 1L) * size.limit();
        List<Map<JobColumn, Optional<Object>>> rows =
                search.find(columns, conditions, orders, query.distinct(), first, size.limit());
        long total = total(columns, conditions, query.distinct(), first, rows.size(), size.limit());
        boolean withLogs = query.parameters().orElse(List.of()).contains(SearchRules.LOGGING_INFO);
        return new FoundJobs(
                rows.stream().map(JobMonitoring::named).toList(),
                withLogs ? Optional.of(logs(rows)) : Optional.empty(),
                first,
                total);
    }

    /**
     * The jobs of a query that follow one of them, for exports of any size: each call is a search of its own with its own time limit.
     *
     * @param after empty: begins
     * @throws InvalidRequest if the query has an order other than by JobID, or wants what is no column
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public JobSlice slice(Caller caller, JobQuery query, Optional<JobId> after, int limit) {
        boolean descending = isExportedBackwards(query);
        Set<JobColumn> columns = SearchRules.columns(query.parameters());
        List<JobColumn> read = new ArrayList<>(columns);
        if (!columns.contains(JobColumn.JOB_ID)) {
            read.add(JobColumn.JOB_ID);
        }
        List<JobCondition> conditions = new ArrayList<>(conditions(caller, query.filters()));
        after.ifPresent(
                id -> conditions.add(new JobCondition.NumberCompared(JobColumn.JOB_ID, !descending, id.number())));
        List<Map<JobColumn, Optional<Object>>> rows =
                search.find(read, conditions, List.of(new JobOrder(JobColumn.JOB_ID, descending)), false, 0, limit);
        Optional<JobId> next = rows.size() < limit
                ? Optional.empty()
                : Optional.of(new JobId((Long) rows.get(limit - 1)
                        .getOrDefault(JobColumn.JOB_ID, Optional.empty())
                        .orElseThrow()));
        return new JobSlice(
                columns.stream().map(JobColumn::diracName).toList(),
                rows.stream()
                        .map(row -> {
                            Map<JobColumn, Optional<Object>> wanted = new LinkedHashMap<>(row);
                            wanted.keySet().retainAll(columns);
                            return named(wanted);
                        })
                        .toList(),
                next);
    }

    private static boolean isExportedBackwards(JobQuery query) {
        if (query.distinct()) {
            throw new InvalidRequest("distinct: an export has a row for each job");
        }
        if (query.parameters().orElse(List.of()).contains(SearchRules.LOGGING_INFO)) {
            throw new InvalidRequest("parameters: LoggingInfo is no column; the change feed tells of all jobs");
        }
        if (query.orders().size() > 1
                || query.orders().stream().anyMatch(order -> !order.parameter().equals(JobColumn.JOB_ID.diracName()))) {
            throw new InvalidRequest("sort: an export is in the order of JobID, asc or desc");
        }
        return query.orders().stream().anyMatch(JobQuery.Order::descending);
    }

    /**
     * How many of the jobs that the caller may read meet the filters, for each combination of values that occurs.
     *
     * @param grouping names of columns; none: all of them
     * @throws InvalidSearch if a filter or column makes no sense
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public List<JobCount> summary(Caller caller, List<String> grouping, List<JobQuery.Filter> filters) {
        List<JobColumn> columns = SearchRules.grouping(grouping);
        List<JobCondition> conditions = conditions(caller, filters);
        List<JobSearchRepository.Group> groups =
                isCounted(conditions) && columns.stream().allMatch(JobColumn::isCounted)
                        ? search.groupsFromCounters(columns, conditions)
                        : search.groups(columns, conditions);
        return groups.stream()
                .map(group -> new JobCount(named(group.values()), group.jobs()))
                .toList();
    }

    /** Which jobs the caller finds when it searches, for services that tell of jobs in another way. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR, Property.JOB_MONITOR, Property.SERVICE_ADMINISTRATOR})
    public ReadableJobs readable(Caller caller) {
        return reading(caller).readable();
    }

    /**
     * How many of the jobs that the caller may read met the filters over a time, for each combination of values that occurred.
     *
     * @throws InvalidSearch if the time, a filter or a column makes no sense
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR, Property.JOB_MONITOR, Property.SERVICE_ADMINISTRATOR})
    public History history(Caller caller, HistoryQuery query) {
        HistorySpan span = HistorySpan.of(query.from(), query.to(), query.step());
        List<JobColumn> columns = HistoryRules.grouping(query.grouping());
        List<JobCondition> conditions = conditions(caller, query.filters());
        int narrowing = conditions.size() - query.filters().size();
        for (int i = 0; i < query.filters().size(); i++) {
            HistoryRules.requireCounted(i, query.filters().get(i).parameter(), conditions.get(narrowing + i));
        }
        return snapshots.history(
                span,
                search.history(columns, conditions, span.from(), span.to(), span.step()).stream()
                        .map(look -> new History.Look(look.step(), named(look.values()), look.jobs()))
                        .toList());
    }

    /** All that is known of one job but its log and its description. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public JobDetails job(Caller caller, JobId id) {
        Holding holding = readable(caller, id);
        JobCondition thisOne = new JobCondition.Numbers(JobColumn.JOB_ID, List.of(id.number()), false);
        Map<JobColumn, Optional<Object>> columns =
                search.find(List.of(JobColumn.values()), List.of(thisOne), List.of(), false, 0, 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new JobNotFound(id));
        List<String> warnings = details.description(id)
                .map(JobDetailsRepository.Description::warnings)
                .orElse(List.of());
        return new JobDetails(
                id,
                named(columns),
                holding.attempt(),
                holding.pilot().map(PilotStamp::new),
                details.parameters(id),
                warnings);
    }

    /** The life of a job in the order of time. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SITE_MANAGER,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public List<LoggedStatus> log(Caller caller, JobId id) {
        readable(caller, id);
        return details.logs(List.of(id)).getOrDefault(id, List.of()).stream()
                .map(JobMonitoring::logged)
                .toList();
    }

    /** The parameters of a job by name. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public Map<String, String> parameters(Caller caller, JobId id) {
        readable(caller, id);
        return details.parameters(id);
    }

    /** The parameters of a job's attempts before a rescheduling, by the number of the cycle that ended with it. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public Map<Integer, Map<String, String>> attic(Caller caller, JobId id) {
        readable(caller, id);
        return details.attic(id);
    }

    /** What the newest {@value #BEATS} heartbeats of a job measured, in the order of time. */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public List<MeasuredBeat> heartbeats(Caller caller, JobId id) {
        readable(caller, id);
        return details.beats(id, BEATS).stream().map(MeasuredBeat::of).toList();
    }

    /**
     * The description of this one job.
     *
     * @param original as its user wrote it, instead of the complete one that the wrapper obeys
     */
    @Requires(
            value = {
                Property.NORMAL_USER,
                Property.JOB_ADMINISTRATOR,
                Property.JOB_MONITOR,
                Property.SERVICE_ADMINISTRATOR
            },
            callers = {CallerKind.USER, CallerKind.JOB})
    public String jdl(Caller caller, JobId id, boolean original) {
        readable(caller, id);
        JobDetailsRepository.Description description = details.description(id).orElseThrow(() -> new JobNotFound(id));
        JobText text = new JobText(description.text());
        return original
                ? text.original(description.sweepIndex(), description.sweepValues(), id)
                : text.manifest(description.sweepIndex(), description.sweepValues(), id);
    }

    /** Where the job stands, if the caller may read it; who may not know that it exists learns nothing. */
    private Holding readable(Caller caller, JobId id) {
        if (caller instanceof Caller.Job job && !job.id().equals(id)) {
            throw new Forbidden();
        }
        Optional<Holding> found = details.holding(id);
        if (caller instanceof Caller.User user) {
            JobReading reading = reading(user);
            Optional<Holding> allowed = found.filter(
                    holding -> reading.allows(holding.vo(), holding.owner(), holding.ownerGroup(), holding.site()));
            if (allowed.isEmpty() && reading.isNarrowed()) {
                throw new Forbidden();
            }
            return allowed.orElseThrow(() -> new JobNotFound(id));
        }
        Holding holding = found.orElseThrow(() -> new JobNotFound(id));
        if (caller instanceof Caller.Job job && job.attempt() != holding.attempt()) {
            throw new StaleAttempt(id, job.attempt());
        }
        return holding;
    }

    private List<JobCondition> conditions(Caller caller, List<JobQuery.Filter> filters) {
        List<JobCondition> asked = JobFilters.conditions(filters, search);
        return Stream.concat(reading(caller).narrowing().stream(), asked.stream())
                .toList();
    }

    /** Not asked of the database where the page itself tells it; from the counters where they know all that matters. */
    private long total(
            Set<JobColumn> columns, List<JobCondition> conditions, boolean distinct, long first, int found, int limit) {
        long seen = found == 0 ? 0 : first + found;
        if (found < limit && (found > 0 || first == 0)) {
            return seen;
        }
        if (!distinct && isCounted(conditions)) {
            return Math.max(seen, search.countFromCounters(conditions));
        }
        OptionalLong exact = search.count(columns, conditions, distinct, EXACT_TOTAL);
        return Math.max(seen, exact.isPresent() ? exact.getAsLong() : largeTotal(columns, conditions, distinct));
    }

    private long largeTotal(Set<JobColumn> columns, List<JobCondition> conditions, boolean distinct) {
        Object query = List.of(distinct ? columns : Set.of(), conditions);
        OptionalLong known = counts.find(query);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long counted =
                search.count(columns, conditions, distinct, Long.MAX_VALUE - 1).orElseThrow();
        counts.keep(query, counted);
        return counted;
    }

    private JobReading reading(Caller caller) {
        if (caller instanceof Caller.User user) {
            return new JobReading(
                    user, new JobSettings(configuration.current()).globalJobsInfo(user.vo()), sites.confining(user));
        }
        throw new Forbidden();
    }

    private Map<JobId, List<LoggedStatus>> logs(List<Map<JobColumn, Optional<Object>>> rows) {
        List<JobId> ids = rows.stream()
                .flatMap(row -> row.getOrDefault(JobColumn.JOB_ID, Optional.empty()).stream())
                .map(id -> new JobId((Long) id))
                .toList();
        Map<JobId, List<LoggedStatus>> logs = new LinkedHashMap<>();
        details.logs(ids)
                .forEach((id, lines) ->
                        logs.put(id, lines.stream().map(JobMonitoring::logged).toList()));
        return logs;
    }

    private static boolean isCounted(List<JobCondition> conditions) {
        return conditions.stream().allMatch(JobCondition::isCounted);
    }

    private static LoggedStatus logged(LogLine line) {
        return new LoggedStatus(
                line.status(), line.minorStatus(), line.applicationStatus(), line.statusTime(), line.source());
    }

    private static Map<String, Optional<Object>> named(Map<JobColumn, Optional<Object>> row) {
        Map<String, Optional<Object>> named = new LinkedHashMap<>();
        row.forEach((column, value) -> named.put(column.diracName(), value));
        return named;
    }
}
