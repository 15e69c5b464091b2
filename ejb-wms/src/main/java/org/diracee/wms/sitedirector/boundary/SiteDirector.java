/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.sitedirector.control.CeFailures;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.CycleFacts;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.jspecify.annotations.Nullable;

/**
 * Submits pilots to the queues of all computing elements while work waits for them, and follows them to their end.
 *
 * @see "WMS reference 11.3"
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SiteDirector extends Agent {

    /** How long a cycle waits for its rounds; one that takes longer goes on beside the next cycles. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CeFailures failures = new CeFailures();
    private final Map<String, ComputingElement> adapters = new TreeMap<>();
    private CeRound round;
    private QueueTesting testing;
    private QueueNotes notes;
    private SiteDirectorSettings settings;
    private ConfigurationService configuration;
    private Clock clock;
    private Duration patience;
    private @Nullable Executor executor;
    private @Nullable CeRounds rounds;

    protected SiteDirector() {} // for the container's proxy

    @Inject
    public SiteDirector(
            CeRound round,
            QueueTesting testing,
            QueueNotes notes,
            @Any Instance<ComputingElement> elements,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            Clock clock) {
        this(round, testing, notes, elements, settings, configuration, clock, PATIENCE);
    }

    SiteDirector(
            CeRound round,
            QueueTesting testing,
            QueueNotes notes,
            Iterable<ComputingElement> elements,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            Clock clock,
            Duration patience) {
        this.round = round;
        this.testing = testing;
        this.notes = notes;
        this.settings = settings;
        this.configuration = configuration;
        this.clock = clock;
        this.patience = patience;
        elements.forEach(element -> adapters.put(element.type(), element));
    }

    /** Threads of its own: a round that hangs keeps one, which others of the server must not miss. */
    @Resource
    void setThreadFactory(ManagedThreadFactory factory) {
        runOn(Executors.newCachedThreadPool(factory));
    }

    @PreDestroy
    void stopRounds() {
        if (executor instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    /** Names the threads of the rounds. */
    void runOn(Executor threads) {
        executor = threads;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "SiteDirector";
    }

    @Override
    @OpenAccess("read by the agent's timer")
    public Duration period(Configuration snapshot) {
        return settings.pollingTime(snapshot);
    }

    @Override
    @OpenAccess("called by the agent's timer or by a service that has checked its caller")
    public CycleReport runCycle() {
        Configuration snapshot = configuration.current();
        int factor = settings.failedQueueCycleFactor(snapshot);
        Optional<AgentLease> lease = lease();
        List<CeQueue> queues = settings.queues(snapshot);
        Map<String, List<CeQueue>> byElement = queues.stream()
                .collect(Collectors.groupingBy(CeQueue::computingElement, LinkedHashMap::new, Collectors.toList()));
        CycleFacts facts = round.begin(caller(), queues);
        Map<String, Supplier<RoundReport>> due = new LinkedHashMap<>();
        byElement.forEach((name, some) -> {
            ComputingElement adapter = adapters.get(some.get(0).ceType());
            if (adapter == null) {
                LOG.unknownCeType(some.get(0).ceType(), name, adapters.keySet().toString());
            } else if (!failures.skips(name, factor)) {
                due.put(name, () -> serve(name, lease, adapter, some, facts));
            }
        });
        due.putAll(testing.due(caller(), lease, adapters, queues, failures));
        RoundReport report = rounds().run(due, settings.maxRounds(snapshot), patience);
        rounds().stuck().forEach((name, lasts) -> byElement
                .getOrDefault(name, List.of())
                .forEach(queue -> notes.failed(
                        queue.slot(),
                        1,
                        "A round at its computing element has not come to its end for " + lasts.toSeconds() + " s",
                        Optional.empty())));
        notes.write();
        int done = report.submitted() + report.ended();
        return new CycleReport(done + report.failed(), done, report.failed());
    }

    private RoundReport serve(
            String name, Optional<AgentLease> lease, ComputingElement adapter, List<CeQueue> queues, CycleFacts facts) {
        RoundReport report = RoundReport.NOTHING;
        CeQueue at = queues.get(0);
        try {
            for (CeQueue queue : queues) {
                at = queue;
                report = report.plus(round.serve(caller(), lease, adapter, queue, facts));
            }
            failures.succeeded(name);
            return report;
        } catch (ComputingElementFailure failure) {
            int inARow = failures.failed(name);
            Configuration snapshot = configuration.current();
            Duration rest = settings.pollingTime(snapshot).multipliedBy(settings.failedQueueCycleFactor(snapshot));
            notes.failed(
                    at.slot(),
                    inARow,
                    failure.detail(),
                    Optional.of(clock.instant().plus(rest)));
            LOG.computingElementFails(name, inARow, failure.detail());
            return report.plus(new RoundReport(0, 0, 1));
        }
    }

    private synchronized CeRounds rounds() {
        CeRounds known = rounds;
        if (known == null) {
            known = new CeRounds(Objects.requireNonNull(executor), clock);
            rounds = known;
        }
        return known;
    }
}
