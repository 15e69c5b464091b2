/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.job.boundary.JobSelection;
import org.diracee.wms.operation.control.OperationNotFound;
import org.diracee.wms.operation.control.OperationSettings;
import org.diracee.wms.operation.entity.OperationRepository;
import org.diracee.wms.operation.entity.OperationRepository.NewOperation;
import org.diracee.wms.operation.entity.OperationRow;
import org.diracee.wms.operation.entity.OperationRow.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Begins work on all jobs that meet a filter, tells how it goes, and stops it.
 *
 * <p>A user sees his own operations, an administrator of jobs those of the VO.
 */
@Stateless
public class Operations {

    private static final String ROUTE = "operation.start";
    private static final int HIGHEST_PRIORITY = 10;

    private OperationRepository operations;
    private JobSelection selection;
    private Idempotency idempotency;
    private ConfigurationService configuration;
    private Clock clock;

    protected Operations() {} // for the container's proxy

    @Inject
    public Operations(
            OperationRepository operations,
            JobSelection selection,
            Idempotency idempotency,
            ConfigurationService configuration,
            Clock clock) {
        this.operations = operations;
        this.selection = selection;
        this.idempotency = idempotency;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Begins an operation on the jobs that meet the filters now and that the caller may change; jobs submitted later are
     * not touched.
     *
     * @param idempotencyKey a repeat with the same key and the same request gets the operation that the first one began
     * @throws InvalidRequest if the request makes no sense, or the caller has too many operations open
     */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            unlimited = true)
    public OperationView start(Caller caller, StartAction request, Optional<String> idempotencyKey) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        requireSense(request);
        byte[] hash = hash(request);
        if (idempotencyKey.isPresent()) {
            Optional<List<Long>> earlier = idempotency.replay(caller, ROUTE, idempotencyKey.get(), hash);
            if (earlier.isPresent()) {
                long id = earlier.get().get(0);
                return view(operations.find(id).orElseThrow(() -> new OperationNotFound(id)));
            }
        }
        int most = new OperationSettings(configuration.current()).openPerUser();
        if (operations.open(user.vo().text(), user.subject()) >= most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "You have " + most + " operations that wait or run, which is the most that is allowed;"
                            + " let one end or cancel it");
        }
        JobSelection.Extent extent =
                selection.extent(user, request.filters(), request.action().statuses());
        long id = operations.add(
                new NewOperation(
                        user.vo().text(),
                        user.username().text(),
                        user.group().text(),
                        user.subject(),
                        user.properties().stream()
                                .map(Property::wireName)
                                .sorted()
                                .toList(),
                        request.action().text(),
                        request.priority().orElse(-1),
                        extent.jobs(),
                        extent.newest()),
                request.filters().stream()
                        .map(filter -> new Condition(
                                filter.parameter(),
                                filter.operator(),
                                filter.value().orElse(null),
                                filter.values().orElse(null)))
                        .toList(),
                clock.instant());
        idempotencyKey.ifPresent(key -> idempotency.record(caller, ROUTE, key, hash, List.of(id)));
        return view(operations.find(id).orElseThrow());
    }

    /** The caller's own operations, the newest first. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public Page<OperationView> mine(Caller caller, PageRequest page) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        List<OperationView> found =
                operations.of(user.vo().text(), user.subject(), cursor(page, Long.MAX_VALUE), page.limit()).stream()
                        .map(this::view)
                        .toList();
        return page(
                found,
                page.limit(),
                found.isEmpty() ? 0 : found.get(found.size() - 1).id());
    }

    /** How an operation goes. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public OperationView operation(Caller caller, long id) {
        return view(visible(caller, id, operations.find(id)));
    }

    /** The jobs to which it could not be done, in the order of their ids. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public Page<ItemProblem> problems(Caller caller, long id, PageRequest page) {
        visible(caller, id, operations.find(id));
        List<ItemProblem> found = operations.problems(id, cursor(page, 0), page.limit()).stream()
                .map(problem -> new ItemProblem(
                        problem.job(), new Problem(ErrorCode.valueOf(problem.code()), problem.detail())))
                .toList();
        return page(
                found,
                page.limit(),
                found.isEmpty() ? 0 : found.get(found.size() - 1).job().number());
    }

    /** Stops an operation after the portion that is under way; one that has ended stays as it is. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public OperationView cancel(Caller caller, long id) {
        visible(caller, id, operations.lock(id));
        operations.end(id, OperationState.CANCELLED.text(), null, clock.instant());
        return view(operations.find(id).orElseThrow(() -> new OperationNotFound(id)));
    }

    private OperationView view(OperationRow row) {
        return view(row, operations.conditions(row.id()));
    }

    static StartAction request(OperationRow row, List<Condition> conditions) {
        Long priority = row.priority();
        return new StartAction(
                JobAction.ofText(row.action()).orElseThrow(),
                priority == null ? OptionalInt.empty() : OptionalInt.of(priority.intValue()),
                conditions.stream()
                        .map(condition -> new JobQuery.Filter(
                                condition.parameter(),
                                condition.operator(),
                                Optional.ofNullable(condition.value()),
                                Optional.ofNullable(condition.listed())))
                        .toList());
    }

    private OperationView view(OperationRow row, List<Condition> conditions) {
        return new OperationView(
                row.id(),
                request(row, conditions),
                new VoName(row.vo()),
                new UserName(row.owner()),
                new GroupName(row.ownerGroup()),
                OperationState.parse(row.state()),
                Optional.ofNullable(row.reason()),
                total(row),
                row.done(),
                row.failed(),
                Optional.ofNullable(row.node()),
                row.created(),
                Optional.ofNullable(row.started()),
                Optional.ofNullable(row.ended()),
                expectedEnd(row, clock.instant()));
    }

    private static Optional<Instant> expectedEnd(OperationRow row, Instant now) {
        long finished = row.done() + row.failed();
        @Nullable Instant started = row.started();
        OptionalLong total = total(row);
        if (row.ended() != null || started == null || finished == 0 || total.isEmpty()) {
            return Optional.empty();
        }
        long left = Math.max(0, total.getAsLong() - finished);
        double millisecondsEach = (double) Duration.between(started, now).toMillis() / finished;
        return Optional.of(now.plusMillis((long) (left * millisecondsEach)));
    }

    private static OptionalLong total(OperationRow row) {
        @Nullable Long total = row.total();
        return total == null ? OptionalLong.empty() : OptionalLong.of(total);
    }

    private static OperationRow visible(Caller caller, long id, Optional<OperationRow> found) {
        return found.filter(row -> caller instanceof Caller.User user
                        && row.vo().equals(user.vo().text())
                        && (row.subject().equals(user.subject()) || user.has(Property.JOB_ADMINISTRATOR)))
                .orElseThrow(() -> new OperationNotFound(id));
    }

    private static void requireSense(StartAction request) {
        boolean setsPriority = request.action() == JobAction.SET_PRIORITY;
        if (setsPriority != request.priority().isPresent()) {
            throw new InvalidRequest(
                    setsPriority
                            ? "priority: missing; set-priority needs a number from 0 to " + HIGHEST_PRIORITY
                            : "priority: only set-priority takes one, not "
                                    + request.action().text());
        }
        request.priority().ifPresent(priority -> {
            if (priority < 0 || priority > HIGHEST_PRIORITY) {
                throw new InvalidRequest("priority: " + priority + "; allowed is 0 to " + HIGHEST_PRIORITY);
            }
        });
        if (request.filters().isEmpty()) {
            throw new InvalidRequest("search: at least one condition is needed; all jobs are those of your Owner");
        }
    }

    private static long cursor(PageRequest page, long first) {
        try {
            return page.cursor().map(Long::valueOf).orElse(first);
        } catch (NumberFormatException notOurs) {
            throw new InvalidRequest("cursor: not one that an earlier page gave");
        }
    }

    private static <T> Page<T> page(List<T> items, int limit, long last) {
        return new Page<>(items, items.size() < limit ? Optional.empty() : Optional.of(Long.toString(last)));
    }

    private static byte[] hash(StartAction request) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Objects.toString(request).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
