/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A named, periodic task that runs on one node of the cluster at a time.
 *
 * <p>A subclass is {@code @Singleton @Startup @TransactionAttribute(NOT_SUPPORTED)} and names itself, its period and its
 * work. Its cycle takes a bounded batch and calls a service once per item, each in a transaction of its own. Every node's
 * timer tries; a lease row decides who runs. A cycle's lease is prolonged in the background, and taken over by another
 * node {@link AgentLeases#LIFE} after the node that held it has died.
 */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public abstract class Agent {

    /** Lets the server come up before the first cycle. */
    private static final Duration FIRST_DELAY = Duration.ofSeconds(3);

    private @Nullable TimerService timers;
    private @Nullable AgentCycles cycles;
    private volatile @Nullable AgentLease lease;

    /** The name that operators know, the same as that of its section under {@code Agents} in the configuration. */
    public abstract String name();

    /** The pause between two cycles. */
    public abstract Duration period(Configuration configuration);

    /** Does the work once; called by hand it runs without a lease. */
    public abstract CycleReport runCycle();

    /** The caller as whom the cycle calls services. */
    protected Caller.System caller() {
        return new Caller.System(name());
    }

    /** The lease under which the cycle runs, for transactions that must not run twice to confirm; empty by hand. */
    protected Optional<AgentLease> lease() {
        return Optional.ofNullable(lease);
    }

    @Resource
    void setTimers(TimerService timers) {
        this.timers = timers;
    }

    @Inject
    void setCycles(AgentCycles cycles) {
        this.cycles = cycles;
    }

    @PostConstruct
    void start() {
        next(FIRST_DELAY);
    }

    @Timeout
    void tick() {
        Duration pause = FIRST_DELAY;
        try {
            pause = Objects.requireNonNull(cycles).tick(this);
        } finally {
            next(pause);
        }
    }

    /** Does the work once under a lease that was taken for it. */
    @OpenAccess("called by the cycle's timer or by a service that has checked its caller")
    public CycleReport runUnder(AgentLease taken) {
        lease = taken;
        try {
            return runCycle();
        } finally {
            lease = null;
        }
    }

    private void next(Duration pause) {
        Objects.requireNonNull(timers).createSingleActionTimer(pause.toMillis(), new TimerConfig(name(), false));
    }
}
