/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.diracee.framework.agent.entity.AgentLeaseRepository;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.kernel.configuration.Configuration;
import org.junit.jupiter.api.Test;

class AgentCyclesIT {

    private static final String NAME = "TestAgent";
    private static final CycleReport REPORT = new CycleReport(5, 4, 1);

    private final Installation installation = Installation.configured();
    private final AgentLeases leases = installation.database.service(
            AgentLeases.class, new AgentLeaseRepository(installation.database.entities()));
    private final RunningCycles running = new RunningCycles(leases);
    private final AgentCycles cycles =
            new AgentCycles(leases, running, installation.configuration, installation.deployment, Clock.systemUTC());
    private int cyclesRun;

    private final class TestAgent extends Agent {

        private final Supplier<CycleReport> work;

        TestAgent(Supplier<CycleReport> work) {
            this.work = work;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Duration period(Configuration configuration) {
            return Duration.ofMinutes(1);
        }

        @Override
        public CycleReport runCycle() {
            cyclesRun++;
            return work.get();
        }

        AgentLease held() {
            return lease().orElseThrow();
        }
    }

    private String column(String name) {
        return installation.database.value("select " + name + " from framework.agent_lease");
    }

    private void expire() {
        installation.database.sql("update framework.agent_lease set expires = now() - interval '1 second'");
    }

    @Test
    void runsWhenDueAndKeepsTheOutcome() {
        TestAgent agent = new TestAgent(() -> REPORT);

        assertThat(cycles.tick(agent)).isEqualTo(Duration.ofMinutes(1));
        cycles.tick(agent);

        assertThat(cyclesRun)
                .as("the second tick came before the cycle was due")
                .isEqualTo(1);
        assertThat(column("concat_ws(' ', last_owner, last_taken, last_done, last_failed, expires is null)"))
                .isEqualTo("one 5 4 1 t");
        assertThat(column("extract(epoch from next_due - last_finished)::int")).isEqualTo("54");
    }

    @Test
    void anAgentThatIsNotEnabledRunsOnlyByHand() {
        installation.configure(2, Installation.with("""
                Systems
                {
                  Framework
                  {
                    Agents
                    {
                      TestAgent
                      {
                        Enable = no
                      }
                    }
                  }
                }
                """));
        installation.configuration.refresh();
        TestAgent agent = new TestAgent(() -> REPORT);

        cycles.tick(agent);

        assertThat(cyclesRun).isZero();
        assertThat(cycles.runNow(agent)).contains(REPORT);
    }

    @Test
    void runsAtOnceByHand() {
        TestAgent agent = new TestAgent(() -> REPORT);
        cycles.tick(agent);

        assertThat(cycles.runNow(agent)).contains(REPORT);
        assertThat(column("fence")).isEqualTo("2");
    }

    @Test
    void aCycleThatBreaksOffIsWrittenDownAndTriedAgain() {
        TestAgent agent = new TestAgent(() -> {
            throw new IllegalStateException("poisoned");
        });

        cycles.tick(agent);

        assertThat(column("last_error")).isEqualTo("java.lang.IllegalStateException: poisoned");
        installation.database.sql("update framework.agent_lease set next_due = now()");
        cycles.tick(agent);
        assertThat(cyclesRun).isEqualTo(2);
    }

    @Test
    void ofManyNodesOneGetsTheLease() throws InterruptedException {
        Callable<Optional<AgentLease>> node = () -> leases.takeIfDue(NAME, "node");

        assertThat(Together.run(Collections.nCopies(10, node)))
                .filteredOn(outcome -> !outcome.equals(Optional.empty()))
                .singleElement()
                .isEqualTo(Optional.of(new AgentLease(NAME, "node", 1)));
    }

    @Test
    void aSilentNodeIsReplacedAndItsWorkCountsNoMore() {
        AgentLease lost = leases.takeIfDue(NAME, "one").orElseThrow();
        assertThat(leases.takeIfDue(NAME, "two")).isEmpty();
        expire();

        AgentLease taken = leases.takeIfDue(NAME, "two").orElseThrow();

        assertThat(taken.fence()).isGreaterThan(lost.fence());
        assertThat(leases.prolong(lost)).isFalse();
        assertThat(leases.finish(lost, Clock.systemUTC().instant(), REPORT, Duration.ZERO))
                .isFalse();
        assertThatThrownBy(() -> installation.database.inTransaction(() -> {
                    leases.confirm(lost);
                    return true;
                }))
                .isInstanceOf(LeaseLost.class);
        assertThat(leases.finish(taken, Clock.systemUTC().instant(), REPORT, Duration.ZERO))
                .isTrue();
    }

    @Test
    void aConfirmedTransactionKeepsOthersFromTakingOver() throws Exception {
        AgentLease lease = leases.takeIfDue(NAME, "one").orElseThrow();
        expire();
        Thread rival = new Thread(() -> leases.takeIfDue(NAME, "two"));

        installation.database.inTransaction(() -> {
            leases.confirm(lease);
            rival.start();
            rival.join(300);
            assertThat(rival.isAlive()).isTrue();
            return true;
        });

        rival.join();
        assertThat(column("owner")).isEqualTo("two");
    }

    @Test
    void aLongCycleKeepsItsLease() {
        TestAgent[] self = new TestAgent[1];
        TestAgent agent = new TestAgent(() -> {
            expire();
            running.prolong();
            assertThat(leases.takeIfDue(NAME, "two")).isEmpty();
            assertThat(self[0].held().fence()).isEqualTo(1);
            return REPORT;
        });
        self[0] = agent;

        cycles.tick(agent);

        assertThat(column("last_owner")).isEqualTo("one");
        assertThat(List.of(agent.lease())).containsOnly(Optional.empty());
    }
}
