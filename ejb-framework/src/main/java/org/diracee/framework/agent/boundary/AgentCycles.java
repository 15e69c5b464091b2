/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.agent.control.AgentSettings;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.OpenAccess;

/** Runs a cycle of an agent when this node gets the lease for it, and keeps how it went. */
@ApplicationScoped
public class AgentCycles {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);

    /** A timer may ring a little early; without slack that would cost a whole period. */
    private static final double DUE = 0.9;

    private AgentLeases leases;
    private RunningCycles running;
    private ConfigurationService configuration;
    private Deployment deployment;
    private Clock clock;

    protected AgentCycles() {} // for the container's proxy

    @Inject
    public AgentCycles(
            AgentLeases leases,
            RunningCycles running,
            ConfigurationService configuration,
            Deployment deployment,
            Clock clock) {
        this.leases = leases;
        this.running = running;
        this.configuration = configuration;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** Runs a cycle if the agent is enabled, it is due and no other node runs it; tells how long to wait for the next try. */
    @OpenAccess("called by the agent's timer")
    public Duration tick(Agent agent) {
        try {
            Duration period = agent.period(configuration.current());
            Duration pause = period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period;
            if (new AgentSettings(configuration.current()).enabled(agent.name())) {
                leases.takeIfDue(agent.name(), deployment.node()).ifPresent(lease -> run(agent, lease, pause));
            }
            return pause;
        } catch (RuntimeException databaseDown) {
            LOG.cycleLeftOut(agent.name(), String.valueOf(databaseDown.getMessage()));
            return AFTER_FAILURE;
        }
    }

    /** Runs a cycle at once, due or not; empty if one is running. */
    @OpenAccess("the calling service has checked that an operator asks")
    public Optional<CycleReport> runNow(Agent agent) {
        Duration pause = agent.period(configuration.current());
        return leases.takeNow(agent.name(), deployment.node()).map(lease -> run(agent, lease, pause));
    }

    private CycleReport run(Agent agent, AgentLease lease, Duration pause) {
        Duration untilDue = Duration.ofMillis((long) (pause.toMillis() * DUE));
        Instant started = clock.instant();
        running.add(lease);
        try {
            CycleReport report = agent.runUnder(lease);
            if (!leases.finish(lease, started, report, untilDue)) {
                LOG.leaseLost(agent.name(), lease.fence());
            }
            log(agent, lease, report, Duration.between(started, clock.instant()));
            return report;
        } catch (RuntimeException broken) {
            LOG.cycleBroken(agent.name(), broken);
            leases.breakOff(lease, started, broken.toString(), untilDue);
            return CycleReport.NOTHING;
        } finally {
            running.remove(lease);
        }
    }

    private static void log(Agent agent, AgentLease lease, CycleReport report, Duration took) {
        if (report.taken() > 0 || report.failed() > 0) {
            LOG.cycleFinished(
                    agent.name(), lease.fence(), report.taken(), report.done(), report.failed(), took.toMillis());
        } else {
            LOG.debugf("agent %s: cycle %d found nothing to do", agent.name(), lease.fence());
        }
    }
}
