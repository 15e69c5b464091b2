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
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.job.boundary.CheckResult;
import org.diracee.wms.job.boundary.CheckResult.IsHeld;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.job.boundary.ItemCount;
import org.diracee.wms.job.boundary.JobChecking;
import org.diracee.wms.optimizer.control.FoundReplicas;
import org.diracee.wms.optimizer.control.JobInCheck;
import org.diracee.wms.optimizer.control.OptimizerChain;
import org.diracee.wms.optimizer.control.OptimizerSettings;

/**
 * Leads jobs in Checking through their optimizers. Outside is asked between transactions, once for many jobs.
 *
 * @see "WMS reference 9"
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OptimizationMind extends Agent {

    private static final int PORTION = 500;
    private static final int PORTIONS = 40;
    private static final int FILES = 50_000;
    private static final Duration RETRY = Duration.ofMinutes(5);

    private JobChecking checking;
    private ConfigurationService configuration;
    private Optional<InputDataCatalog> catalog = Optional.empty();

    protected OptimizationMind() {} // for the container's proxy

    @Inject
    public OptimizationMind(
            JobChecking checking, ConfigurationService configuration, Instance<InputDataCatalog> catalog) {
        this(checking, configuration, catalog.stream().findFirst());
    }

    OptimizationMind(JobChecking checking, ConfigurationService configuration, Optional<InputDataCatalog> catalog) {
        this.checking = checking;
        this.configuration = configuration;
        this.catalog = catalog;
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
        return count.report();
    }

    private int settle(List<CheckResult> results) {
        try {
            return checking.settle(caller(), results);
        } catch (RuntimeException failure) {
            if (results.size() == 1) {
                // else it would be the first again in the next cycle
                checking.putOff(caller(), results.get(0).job().id(), RETRY);
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
        OptimizerChain chain = new OptimizerChain(FoundReplicas.of(jobs, catalog), settings.sitesByStorageElement());
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
