/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.job.boundary.AbandonedRequests;
import org.diracee.wms.job.boundary.CheckResult;
import org.diracee.wms.job.boundary.CheckResult.AskedStager;
import org.diracee.wms.job.boundary.CheckResult.IsHeld;
import org.diracee.wms.job.boundary.CheckResult.Stages;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.job.boundary.ItemCount;
import org.diracee.wms.job.boundary.JobChecking;
import org.diracee.wms.job.boundary.JobStaging;
import org.diracee.wms.optimizer.control.FoundReplicas;
import org.diracee.wms.optimizer.control.JobInCheck;
import org.diracee.wms.optimizer.control.OptimizerChain;
import org.diracee.wms.optimizer.control.OptimizerSettings;

/**
 * Leads jobs in Checking through their optimizers, and asks the stager for those in Staging. Outside is asked between transactions, once for many jobs.
 *
 * @see "WMS reference 9"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OptimizationMind extends Agent {

    private static final int PORTION = 500;
    private static final int PORTIONS = 40;
    private static final int STAGED_PORTION = 50;
    private static final int FILES = 50_000;
    private static final Duration RETRY = Duration.ofMinutes(5);

    /** The last request of which it is known whether somebody waits; one portion of them is looked through in each cycle. */
    private volatile long lookedThrough;

    private JobChecking checking;
    private ConfigurationService configuration;
    private JobStaging staging;
    private Registry registry;
    private Optional<InputDataCatalog> catalog = Optional.empty();
    private Optional<Stager> stager = Optional.empty();

    protected OptimizationMind() {} // for the container's proxy

    @Inject
    public OptimizationMind(
            JobChecking checking,
            JobStaging staging,
            ConfigurationService configuration,
            Registry registry,
            Instance<InputDataCatalog> catalog,
            Instance<Stager> stager) {
        this(
                checking,
                staging,
                configuration,
                registry,
                catalog.stream().findFirst(),
                stager.stream().findFirst());
    }

    OptimizationMind(
            JobChecking checking,
            JobStaging staging,
            ConfigurationService configuration,
            Registry registry,
            Optional<InputDataCatalog> catalog,
            Optional<Stager> stager) {
        this.checking = checking;
        this.staging = staging;
        this.configuration = configuration;
        this.registry = registry;
        this.catalog = catalog;
        this.stager = stager;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "OptimizationMind";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration snapshot) {
        return new OptimizerSettings(snapshot).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        ItemCount count = new ItemCount(name());
        boolean more = true;
        for (int i = 0; more && i < PORTIONS; i++) {
            // a portion that nothing was done about would come again and again
            more = count.together(judged(checking.due(caller(), PORTION)), this::settle) > 0;
        }
        more = stager.isPresent();
        for (int i = 0; more && i < PORTIONS; i++) {
            more = count.together(asked(judged(checking.toBeStaged(caller(), STAGED_PORTION))), this::settle) > 0;
        }
        stager.ifPresent(asked -> {
            AbandonedRequests abandoned = staging.abandoned(caller(), lookedThrough, PORTION);
            lookedThrough = abandoned.next();
            count.each(abandoned.requests(), request -> forget(asked, request));
        });
        return count.report();
    }

    /** Asks the stager for what JobScheduling still wants; a job whose files are on disk by now just waits. */
    private List<CheckResult> asked(List<CheckResult> judged) {
        OptimizerSettings settings = new OptimizerSettings(configuration.current());
        return judged.stream()
                .map(result -> result.ending() instanceof Stages stages
                        ? new CheckResult(
                                result.job(),
                                result.passed(),
                                ask(
                                        result.job(),
                                        stages,
                                        settings.holdTime(result.job().vo())))
                        : result)
                .toList();
    }

    private CheckResult.Ending ask(CheckedJob job, Stages stages, Duration holdTime) {
        try {
            stager.orElseThrow()
                    .stage(job.stageRequest(), job.id(), job.vo(), job.owner(), job.ownerGroup(), stages.files());
            return new AskedStager(stages.optimizer());
        } catch (DiracException unanswered) {
            return new IsHeld(stages.optimizer(), "the stager does not answer: " + unanswered.detail(), holdTime);
        } catch (RuntimeException broken) {
            LOG.itemFailed(name(), "the stager for job " + job.id(), broken);
            return new IsHeld(stages.optimizer(), "the stager does not answer: see the server's log", holdTime);
        }
    }

    private boolean forget(Stager asked, long request) {
        asked.forget(request);
        staging.forgotten(caller(), request);
        return true;
    }

    private Optional<String> stagingObstacle(OptimizerSettings settings, VoName vo, GroupName group) {
        if (stager.isEmpty()) {
            return Optional.of("which this installation cannot do");
        }
        return settings.restrictsStaging(vo) && !registry.properties(vo, group).contains(Property.STAGE_ALLOWED)
                ? Optional.of("which the group " + group + " may not ask for, as it lacks "
                        + Property.STAGE_ALLOWED.wireName())
                : Optional.empty();
    }

    private int settle(List<CheckResult> results) {
        try {
            return checking.settle(caller(), results);
        } catch (RuntimeException failure) {
            if (results.size() == 1) {
                // else it would be the first again in the next cycle
                checking.putOff(caller(), results.get(0).job(), RETRY);
            }
            throw failure;
        }
    }

    private List<CheckResult> judged(List<CheckedJob> due) {
        Configuration snapshot = configuration.current();
        OptimizerSettings settings = new OptimizerSettings(snapshot);
        Map<String, JobDescriptions> descriptions = new HashMap<>();
        List<CheckResult> results = new ArrayList<>();
        List<JobInCheck> jobs = new ArrayList<>();
        int files = 0;
        for (CheckedJob job : due) {
            if (files >= FILES) {
                break; // the rest stays due
            }
            String owner = job.vo() + " " + job.owner() + " " + job.ownerGroup();
            try {
                JobInCheck inCheck = JobInCheck.of(
                        job,
                        descriptions.computeIfAbsent(
                                owner, none -> new JobDescriptions(snapshot, job.owner(), job.ownerGroup(), job.vo())));
                jobs.add(inCheck);
                files += inCheck.files();
            } catch (RuntimeException failure) {
                results.add(unjudged(job, failure));
            }
        }
        OptimizerChain chain = new OptimizerChain(
                FoundReplicas.of(jobs, catalog),
                settings.sitesByStorageElement(),
                (vo, group) -> stagingObstacle(settings, vo, group));
        for (JobInCheck job : jobs) {
            try {
                results.add(chain.judge(job, settings.holdTime(job.job().vo())));
            } catch (RuntimeException failure) {
                results.add(unjudged(job.job(), failure));
            }
        }
        return results;
    }

    /** Neither the jobs of other VOs nor those behind it may wait for one that cannot be judged. */
    private CheckResult unjudged(CheckedJob job, RuntimeException failure) {
        LOG.itemFailed(name(), String.valueOf(job.id()), failure);
        return new CheckResult(
                job, List.of(), new IsHeld(job.next(), "it cannot be judged; see the server's log", RETRY));
    }
}
