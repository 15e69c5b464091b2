/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.framework.idempotency.boundary.IdempotencyConflict;
import org.diracee.framework.idempotency.entity.IdempotencyRepository;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.JobQuery.Filter;
import org.diracee.wms.job.boundary.JobSelection;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.operation.control.OperationNotFound;
import org.diracee.wms.operation.entity.OperationRepository;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsIT {

    private final WmsServices wms = new WmsServices();
    private final OperationRepository rows = new OperationRepository(wms.database.entities());
    private long mostIds = Long.MAX_VALUE;
    private final JobSelection selection = new JobSelection(new JobSearchRepository(wms.database.entities())) {
        @Override
        public List<JobId> lockNext(
                Caller.User user, List<Filter> filters, Set<JobStatus> statuses, long after, long last, int limit) {
            if (last - after > mostIds) {
                throw new InvalidRequest(ErrorCode.QUERY_TOO_EXPENSIVE, "took too long");
            }
            return super.lockNext(user, filters, statuses, after, last, limit);
        }
    };
    private final Operations operations = new Operations(
            rows,
            selection,
            new Idempotency(new IdempotencyRepository(wms.database.entities()), wms.clock),
            wms.configuration,
            wms.clock);
    private final Set<JobId> poisoned = new HashSet<>();
    private final OperationPortions portions = new OperationPortions(
            rows,
            selection,
            new OperationActors(new Registry(wms.configuration), wms.suspended),
            new JobActions(wms.stateUpdate, wms.manager, wms.clock) {
                @Override
                public Map<JobId, Problem> act(Caller.User user, StartAction request, List<JobId> jobs) {
                    Map<JobId, Problem> problems = super.act(user, request, jobs);
                    if (jobs.stream().anyMatch(poisoned::contains)) {
                        throw new IllegalStateException("poisoned");
                    }
                    return problems;
                }
            },
            wms.configuration,
            new Deployment() {
                @Override
                public String node() {
                    return "node1";
                }
            },
            wms.clock);

    @BeforeEach
    void portionsOfTwo() {
        configure("alice", "bob", "root");
    }

    private void configure(String... members) {
        configure(Set.of("root"), members);
    }

    private void configure(Set<String> administrators, String... members) {
        Map<String, Object> users = new LinkedHashMap<>();
        for (String member : members) {
            users.put(member + "-sub", Map.of("PreferedUsername", member));
        }
        String vo = wms.vo.text();
        wms.configuration.set(Map.of(
                "Registry",
                        Map.of(
                                vo,
                                Map.of(
                                        "Users",
                                        users,
                                        "Groups",
                                        Map.of(
                                                "users",
                                                Map.of(
                                                        "Properties",
                                                        "NormalUser",
                                                        "Users",
                                                        String.join(", ", users.keySet())),
                                                "admins",
                                                Map.of(
                                                        "Properties",
                                                        "NormalUser, JobAdministrator",
                                                        "Users",
                                                        administrators.stream()
                                                                .map(name -> name + "-sub")
                                                                .collect(Collectors.joining(", ")))))),
                "Systems", Map.of("WorkloadManagement", Map.of("Agents", Map.of("OperationAgent", agent())))));
    }

    private static Map<String, String> agent() {
        return Map.of("MaxJobsAtOnce", "2", "MaxOpenPerUser", "3");
    }

    private List<JobId> jobs(Caller.User owner, int number) {
        return wms.submitted(owner, "Executable = \"run.sh\"; JobGroup = \"mine\"; Parameters = " + number + ";");
    }

    private static StartAction action(JobAction action) {
        return new StartAction(
                action,
                OptionalInt.empty(),
                List.of(new Filter("JobGroup", "eq", Optional.of("mine"), Optional.empty())));
    }

    private long start(Caller.User caller, StartAction request) {
        return wms.in(services -> operations.start(caller, request, Optional.empty()))
                .id();
    }

    private int advance(long id) {
        return wms.in(services -> portions.advance(wms.agent, id));
    }

    private void toTheEnd(long id) {
        for (int portion = 0; portion < 50 && !view(id).state().isEnded(); portion++) {
            try {
                advance(id);
            } catch (IllegalStateException | InvalidRequest failure) {
                wms.database.transact(() -> portions.failed(wms.agent, id, failure));
            }
        }
    }

    private OperationView view(long id) {
        return wms.in(services -> operations.operation(administrator(), id));
    }

    private Caller.User administrator() {
        return new Caller.User(
                "root-sub", new UserName("root"), new GroupName("admins"), wms.vo, wms.admin.properties());
    }

    private List<String> statuses(List<JobId> ids) {
        return ids.stream().map(id -> wms.column(id, "status")).toList();
    }

    @Test
    void killsPortionByPortionAndTellsHowFarItIs() {
        List<JobId> ids = jobs(wms.alice, 5);
        long id = start(wms.alice, action(JobAction.KILL));
        assertThat(view(id).total()).hasValue(5);
        assertThat(view(id).state()).isEqualTo(OperationState.WAITING);

        advance(id);
        wms.clock.advance(Duration.ofSeconds(2));

        OperationView running = view(id);
        assertThat(running.state()).isEqualTo(OperationState.RUNNING);
        assertThat(running.done()).isEqualTo(2);
        assertThat(running.node()).contains("node1");
        assertThat(running.expectedEnd().orElseThrow())
                .isCloseTo(wms.clock.instant().plusSeconds(3), within(1, ChronoUnit.SECONDS));
        assertThat(statuses(ids)).containsExactly("Killed", "Killed", "Waiting", "Waiting", "Waiting");
        assertThat(wms.log(ids.get(0))).last().isEqualTo("Killed/Marked for termination/User: alice");

        toTheEnd(id);
        assertThat(view(id).state()).isEqualTo(OperationState.DONE);
        assertThat(view(id).done()).isEqualTo(5);
        assertThat(statuses(ids)).containsOnly("Killed");
    }

    @Test
    void beginsAlsoWhereCountingTakesLong() {
        jobs(wms.alice, 3);
        StartAction request = new StartAction(
                JobAction.KILL,
                OptionalInt.empty(),
                List.of(new Filter("JobName", "neq", Optional.of("other"), Optional.empty())));
        long id = wms.in(services -> {
            new SqlStatement(
                            wms.database.entities().unwrap(Session.class),
                            "lock table wms.job in access exclusive mode")
                    .run();
            return CompletableFuture.supplyAsync(() -> start(wms.alice, request))
                    .join();
        });
        assertThat(view(id).total()).isEmpty();

        toTheEnd(id);

        assertThat(view(id).done()).isEqualTo(3);
        assertThat(view(id).total()).hasValue(3);
    }

    @Test
    void aPortionThatACrashUndoesIsDoneOnce() {
        List<JobId> ids = jobs(wms.alice, 4);
        long id = start(wms.alice, action(JobAction.RESCHEDULE));
        advance(id);
        assertThatThrownBy(() -> wms.in(services -> {
                    portions.advance(wms.agent, id);
                    throw new IllegalStateException("the node dies before the commit");
                }))
                .hasMessageContaining("dies");

        toTheEnd(id);

        assertThat(view(id).done()).isEqualTo(4);
        assertThat(ids).allSatisfy(job -> assertThat(wms.column(job, "reschedule_counter"))
                .isEqualTo("1"));
    }

    @Test
    void aNodeLeavesThePortionOfAnotherAlone() {
        jobs(wms.alice, 4);
        long id = start(wms.alice, action(JobAction.KILL));
        wms.in(services -> {
            assertThat(portions.advance(wms.agent, id)).isEqualTo(2);
            assertThat(CompletableFuture.supplyAsync(() -> advance(id)).join()).isZero();
            return true;
        });
        assertThat(view(id).done()).isEqualTo(2);
    }

    @Test
    void jobsSubmittedLaterAreNotTouched() {
        jobs(wms.alice, 3);
        long id = start(wms.alice, action(JobAction.KILL));
        List<JobId> later = jobs(wms.alice, 3);
        toTheEnd(id);

        assertThat(statuses(later)).containsOnly("Waiting");
        assertThat(view(id).done()).isEqualTo(3);
    }

    @Test
    void touchesOnlyJobsThatTheCallerMayChange() {
        List<JobId> alices = jobs(wms.alice, 2);
        List<JobId> bobs = jobs(wms.bob, 2);
        WmsServices other = new WmsServices();
        List<JobId> others =
                other.submitted(other.alice, "Executable = \"run.sh\"; JobGroup = \"mine\"; Parameters = 2;");

        long id = start(wms.alice, action(JobAction.KILL));
        toTheEnd(id);
        assertThat(statuses(alices)).containsOnly("Killed");
        assertThat(statuses(bobs)).containsOnly("Waiting");

        long all = start(administrator(), action(JobAction.DELETE));
        toTheEnd(all);
        assertThat(statuses(alices)).containsOnly("Deleted");
        assertThat(statuses(bobs)).containsOnly("Deleted");
        assertThat(statuses(others)).containsOnly("Waiting");
    }

    @Test
    void whatWasDoneStaysDoneWhenItIsCancelled() {
        List<JobId> ids = jobs(wms.alice, 4);
        long id = start(wms.alice, action(JobAction.KILL));
        advance(id);
        wms.in(services -> operations.cancel(wms.alice, id));
        advance(id);

        assertThat(view(id).state()).isEqualTo(OperationState.CANCELLED);
        assertThat(statuses(ids)).containsExactly("Killed", "Killed", "Waiting", "Waiting");
    }

    @Test
    void othersLearnNothingOfIt() {
        jobs(wms.alice, 1);
        long id = start(wms.alice, action(JobAction.KILL));

        assertThatThrownBy(() -> wms.in(services -> operations.operation(wms.bob, id)))
                .isInstanceOf(OperationNotFound.class);
        assertThatThrownBy(() -> wms.in(services -> operations.cancel(wms.bob, id)))
                .isInstanceOf(OperationNotFound.class);
        assertThat(wms.in(services -> operations.mine(wms.bob, new PageRequest(10, Optional.empty())))
                        .items())
                .isEmpty();
        assertThat(wms.in(services -> operations.mine(wms.alice, new PageRequest(10, Optional.empty())))
                        .items())
                .extracting(OperationView::id)
                .containsExactly(id);
    }

    @Test
    void stopsWhenItsOwnerIsSuspendedOrLeaves() {
        List<JobId> ids = jobs(wms.alice, 4);
        long id = start(wms.alice, action(JobAction.KILL));
        advance(id);
        wms.suspended.callers.add(wms.alice.identity());
        advance(id);
        assertThat(view(id).state()).isEqualTo(OperationState.STOPPED);
        assertThat(view(id).reason().orElseThrow()).contains("suspended");
        assertThat(statuses(ids)).containsExactly("Killed", "Killed", "Waiting", "Waiting");

        long other = start(wms.bob, action(JobAction.KILL));
        configure("alice", "root");
        advance(other);
        assertThat(view(other).reason()).contains("Its owner is no active user of the VO " + wms.vo + " any more");
    }

    @Test
    void actsWithWhatWasAddedAtTheLogInAsLongAsItIsHeld() {
        List<JobId> alices = jobs(wms.alice, 4);
        Caller.User added = new Caller.User(
                "root-sub",
                new UserName("root"),
                wms.alice.group(),
                wms.vo,
                Set.of(Property.NORMAL_USER, Property.JOB_ADMINISTRATOR));
        long id = start(added, action(JobAction.KILL));
        advance(id);
        assertThat(statuses(alices)).containsExactly("Killed", "Killed", "Waiting", "Waiting");

        configure(Set.of(), "alice", "bob", "root");
        advance(id);
        assertThat(view(id).state()).isEqualTo(OperationState.STOPPED);
        assertThat(view(id).reason()).contains("Its owner has the property JobAdministrator no more");
        assertThat(statuses(alices)).containsExactly("Killed", "Killed", "Waiting", "Waiting");
    }

    @Test
    void searchesAmongFewerIdsWhereTheWholeTakesTooLong() {
        List<JobId> ids = new ArrayList<>(jobs(wms.alice, 3));
        wms.database.query("select setval('wms.job_id_seq', nextval('wms.job_id_seq') + 3000)");
        ids.addAll(jobs(wms.alice, 2));
        mostIds = 2_000;
        long id = start(wms.alice, action(JobAction.KILL));
        wms.database.query(
                "update wms.operation set after_job = %d where id = %d",
                ids.get(0).number() - 1, id);
        toTheEnd(id);

        assertThat(view(id).state()).isEqualTo(OperationState.DONE);
        assertThat(view(id).done()).isEqualTo(5);
        assertThat(statuses(ids)).containsOnly("Killed");
        assertThat(wms.database.value("select span from wms.operation where id = %d", id))
                .as("more again where it was quick")
                .isEqualTo("4000");
    }

    @Test
    void stopsWhereNotEvenOneIdIsFoundInTime() {
        List<JobId> ids = jobs(wms.alice, 3);
        mostIds = 0;
        long id = start(wms.alice, action(JobAction.KILL));
        toTheEnd(id);

        assertThat(view(id).state()).isEqualTo(OperationState.STOPPED);
        assertThat(view(id).reason()).contains("took too long");
        assertThat(statuses(ids)).containsOnly("Waiting");
    }

    @Test
    void aPoisonedJobFailsAlone() {
        List<JobId> ids = jobs(wms.alice, 5);
        poisoned.add(ids.get(2));
        long id = start(wms.alice, action(JobAction.KILL));
        toTheEnd(id);

        assertThat(view(id).state()).isEqualTo(OperationState.DONE);
        assertThat(view(id).done()).isEqualTo(4);
        assertThat(statuses(ids)).containsExactly("Killed", "Killed", "Waiting", "Killed", "Killed");
        assertThat(wms.in(services -> operations.problems(wms.alice, id, new PageRequest(10, Optional.empty())))
                        .items())
                .extracting(ItemProblem::job)
                .containsExactly(ids.get(2));
    }

    @Test
    void tellsWhyJobsFailed() {
        List<JobId> ids = jobs(wms.alice, 3);
        wms.matched(wms.pilot(), 3);
        long id = start(wms.alice, action(JobAction.DELETE));
        toTheEnd(id);

        assertThat(view(id).failed()).isEqualTo(3);
        assertThat(statuses(ids)).containsOnly("Killed");
        var page = wms.in(services -> operations.problems(wms.alice, id, new PageRequest(2, Optional.empty())));
        assertThat(page.items().get(0).problem())
                .isEqualTo(new Problem(ErrorCode.CONFLICT, "Job " + ids.get(0) + " is Killed, not Deleted"));
        assertThat(wms.in(services -> operations.problems(wms.alice, id, new PageRequest(2, page.next())))
                        .items())
                .extracting(ItemProblem::job)
                .containsExactly(ids.get(2));
    }

    @Test
    void setsThePriorityOfWaitingJobs() {
        List<JobId> ids = jobs(wms.alice, 3);
        long id = start(
                wms.alice,
                new StartAction(
                        JobAction.SET_PRIORITY,
                        OptionalInt.of(7),
                        action(JobAction.KILL).filters()));
        toTheEnd(id);

        assertThat(ids)
                .allSatisfy(job -> assertThat(wms.column(job, "user_priority")).isEqualTo("7"));
    }

    @Test
    void aRepeatUnderTheSameKeyBeginsNothing() {
        jobs(wms.alice, 1);
        StartAction kill = action(JobAction.KILL);
        long first = wms.in(services -> operations.start(wms.alice, kill, Optional.of("k1")))
                .id();
        assertThat(wms.in(services -> operations.start(wms.alice, kill, Optional.of("k1")))
                        .id())
                .isEqualTo(first);
        assertThatThrownBy(() ->
                        wms.in(services -> operations.start(wms.alice, action(JobAction.DELETE), Optional.of("k1"))))
                .isInstanceOf(IdempotencyConflict.class);
    }

    @Test
    void refusesWhatMakesNoSense() {
        StartAction noPriority = new StartAction(
                JobAction.SET_PRIORITY,
                OptionalInt.empty(),
                action(JobAction.KILL).filters());
        assertThatThrownBy(() -> start(wms.alice, noPriority))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("priority: missing; set-priority needs a number from 0 to 10");
        assertThatThrownBy(() -> start(wms.alice, new StartAction(JobAction.KILL, OptionalInt.empty(), List.of())))
                .hasMessageContaining("at least one condition");
        assertThatThrownBy(() -> start(
                        wms.alice,
                        new StartAction(
                                JobAction.KILL,
                                OptionalInt.empty(),
                                List.of(new Filter("Stat", "eq", Optional.of("x"), Optional.empty())))))
                .isInstanceOf(InvalidSearch.class);
    }

    @Test
    void oneUserHasAFewOpenOnly() {
        for (int open = 0; open < 3; open++) {
            start(wms.alice, action(JobAction.KILL));
        }
        assertThatThrownBy(() -> start(wms.alice, action(JobAction.KILL)))
                .hasMessage("You have 3 operations that wait or run, which is the most that is allowed; let one end or"
                        + " cancel it");
    }

    @Test
    void isForgottenAWeekAfterItsEnd() {
        long id = start(wms.alice, action(JobAction.KILL));
        toTheEnd(id);
        wms.clock.advance(Duration.ofDays(6));
        wms.database.transact(() -> portions.forgetOld(wms.agent, 100));
        assertThat(view(id).state()).isEqualTo(OperationState.DONE);
        wms.clock.advance(Duration.ofDays(2));
        wms.database.transact(() -> portions.forgetOld(wms.agent, 100));
        assertThatThrownBy(() -> view(id)).isInstanceOf(OperationNotFound.class);
    }

    @ParameterizedTest
    @CsvSource({
        "KILL, 'Submitting, Received, Checking, Scouting, Staging, Waiting, Matched, Rescheduled, Running, Stalled,"
                + " Completing'",
        "SET_PRIORITY, 'Submitting, Received, Checking, Scouting, Staging, Waiting, Rescheduled'"
    })
    void concernsJobsInTheseStatuses(JobAction action, String statuses) {
        assertThat(String.join(
                        ", ", action.statuses().stream().map(Object::toString).toList()))
                .isEqualTo(statuses);
    }
}
