/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.job.boundary.JobSelection;
import org.diracee.wms.operation.control.OperationSettings;
import org.diracee.wms.operation.entity.OperationRepository;
import org.diracee.wms.operation.entity.OperationRow;

/**
 * Does the work of operations; every method is a transaction over one portion.
 *
 * <p>How far an operation has come is written with the work itself, on a row that is locked meanwhile: whichever node goes
 * on after a crash does nothing twice and leaves nothing out.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OperationPortions {

    /** A portion that failed is tried again with so many times fewer jobs, down to a single one, which is left out then. */
    private static final int SMALLER = 10;

    /** Where the next portion is not found in time, it is searched among so many ids, which their index gives. */
    private static final long FIRST_SPAN = 1_000_000;

    /** A search that is so quick may look at twice as many ids the next time. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    private OperationRepository operations;
    private JobSelection selection;
    private OperationActors actors;
    private JobActions actions;
    private ConfigurationService configuration;
    private Deployment deployment;
    private Clock clock;

    protected OperationPortions() {} // for the container's proxy

    @Inject
    public OperationPortions(
            OperationRepository operations,
            JobSelection selection,
            OperationActors actors,
            JobActions actions,
            ConfigurationService configuration,
            Deployment deployment,
            Clock clock) {
        this.operations = operations;
        this.selection = selection;
        this.actors = actors;
        this.actions = actions;
        this.configuration = configuration;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** The operation that has waited longest. */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<Long> next(Caller caller) {
        return operations.next();
    }

    /** Does the next portion of an operation; tells how many jobs it dealt with. */
    @Requires(callers = CallerKind.SYSTEM)
    public int advance(Caller caller, long id) {
        Optional<OperationRow> open = operations.lockFree(id).filter(row -> row.ended() == null);
        return open.map(this::advance).orElse(0);
    }

    /** Keeps in mind that a portion failed; the operation ends if no smaller one can help. */
    @Requires(callers = CallerKind.SYSTEM)
    public void failed(Caller caller, long id, RuntimeException failure) {
        if (failure instanceof DiracException refusal && refusal.code() == ErrorCode.QUERY_TOO_EXPENSIVE) {
            searchLess(id, refusal);
        } else if (failure instanceof DiracException refusal && !isPassing(refusal)) {
            stop(id, refusal);
        } else {
            LOG.portionFailed(id, failure);
            operations.stumble(id, clock.instant());
        }
    }

    /** Forgets operations that ended long ago. */
    @Requires(callers = CallerKind.SYSTEM)
    public int forgetOld(Caller caller, int limit) {
        return operations.forget(clock.instant().minus(settings().kept()), limit);
    }

    /** The settings in force. */
    @Requires(callers = CallerKind.SYSTEM)
    public OperationSettings settings(Caller caller) {
        return settings();
    }

    private int advance(OperationRow row) {
        Instant now = clock.instant();
        Caller.User user;
        try {
            user = actors.acting(row.vo(), row.subject(), row.ownerGroup(), row.properties());
        } catch (DiracException noMore) {
            stop(row.id(), noMore);
            return 0;
        }
        StartAction request = Operations.request(row, operations.conditions(row.id()));
        int size = size(row.tries());
        Long span = row.span();
        long last = span == null ? row.lastJob() : Math.min(row.lastJob(), row.afterJob() + span);
        List<JobId> jobs = selection.lockNext(
                user, request.filters(), request.action().statuses(), row.afterJob(), last, Math.max(1, size));
        boolean isSearched = jobs.size() < Math.max(1, size);
        if (span != null && isSearched && now.plus(QUICK).isAfter(clock.instant())) {
            operations.search(row.id(), span * 2, now);
        }
        Map<JobId, Problem> problems = new LinkedHashMap<>();
        if (size > 0 && !jobs.isEmpty()) {
            problems.putAll(actions.act(user, request, jobs));
        } else {
            jobs.forEach(job -> problems.put(
                    job, new Problem(ErrorCode.INTERNAL_ERROR, "Job " + job + " could not be changed; try it alone")));
        }
        long after = isSearched ? last : jobs.get(jobs.size() - 1).number();
        operations.addProblems(row.id(), problems);
        operations.advance(
                row.id(), after, (long) jobs.size() - problems.size(), problems.size(), deployment.node(), now);
        if (after >= row.lastJob()) {
            operations.end(row.id(), OperationState.DONE.text(), null, clock.instant());
        }
        return jobs.size();
    }

    /** The operation ends if even a single id takes too long: such conditions never work. */
    private void searchLess(long id, DiracException tooExpensive) {
        Optional<OperationRow> open = operations.lock(id).filter(row -> row.ended() == null);
        if (open.isPresent()) {
            Long before = open.get().span();
            long span = before == null ? FIRST_SPAN : before / SMALLER;
            if (before != null && before <= 1) {
                stop(id, tooExpensive);
            } else {
                LOG.searchedLess(id, Math.max(1, span));
                operations.search(id, Math.max(1, span), clock.instant());
            }
        }
    }

    private void stop(long id, DiracException reason) {
        LOG.operationStopped(id, reason.detail());
        operations.end(id, OperationState.STOPPED.text(), reason.detail(), clock.instant());
    }

    /** 0 if even a single job failed. */
    private int size(int tries) {
        int size = settings().portion();
        for (int failure = 0; failure < tries; failure++) {
            size = size == 1 ? 0 : Math.max(size / SMALLER, size == 0 ? 0 : 1);
        }
        return size;
    }

    /** Whether another try may go well: our own failures, and what others do at the same moment. */
    private static boolean isPassing(DiracException refusal) {
        return switch (refusal.code().kind()) {
            case INTERNAL, UPSTREAM, UNAVAILABLE, RATE, CONFLICT, NOT_FOUND -> true;
            case MALFORMED, INVALID, LIMIT, UNAUTHENTICATED, FORBIDDEN, GONE, TOO_LARGE -> false;
        };
    }

    private OperationSettings settings() {
        return new OperationSettings(Objects.requireNonNull(configuration.current()));
    }
}
