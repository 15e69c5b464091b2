/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.wms.job.boundary.CheckResult;
import org.diracee.wms.job.boundary.CheckResult.Fails;
import org.diracee.wms.job.boundary.CheckResult.IsHeld;
import org.diracee.wms.job.boundary.CheckResult.Passed;
import org.diracee.wms.job.boundary.CheckResult.Waits;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.job.boundary.JobIntake;
import org.diracee.wms.optimizer.control.Optimizer.Holds;
import org.diracee.wms.optimizer.control.Optimizer.Passes;
import org.diracee.wms.optimizer.control.Optimizer.Refuses;
import org.diracee.wms.optimizer.control.Optimizer.Schedules;
import org.diracee.wms.optimizer.control.Optimizer.Stages;
import org.diracee.wms.optimizer.control.Optimizer.Verdict;

/** Leads a job through the optimizers that its path names, until one of them decides. */
public final class OptimizerChain {

    private final Optimizer sanity = new JobSanity();
    private final Optimizer scheduling;
    private final Optimizer inputData;

    public OptimizerChain(
            FoundReplicas replicas, Map<String, Set<String>> sitesByStorageElement, StagingRight staging) {
        this.scheduling = new JobScheduling(replicas, sitesByStorageElement, staging);
        this.inputData = new InputData(replicas, sitesByStorageElement);
    }

    /**
     * Judges a job. All optimizers look at it, since nothing is kept of what they found before; those that it had passed already
     * are not named again.
     */
    public CheckResult judge(JobInCheck start, Duration holdTime) {
        List<Optimizer> path = path(start);
        String expected =
                start.job().isToBeStaged() ? scheduling.name() : start.job().next();
        int next = path.stream().map(Optimizer::name).toList().indexOf(expected);
        List<Passed> passed = new ArrayList<>();
        JobInCheck job = start;
        for (int i = 0; ; i++) {
            Optimizer optimizer = path.get(i);
            Verdict verdict = optimizer.judge(job);
            if (verdict instanceof Passes passes) {
                job = passes.job();
                if (i >= next) {
                    passed.add(new Passed(optimizer.name(), path.get(i + 1).name()));
                }
            } else {
                return new CheckResult(start.job(), passed, ending(start.job(), optimizer.name(), verdict, holdTime));
            }
        }
    }

    private List<Optimizer> path(JobInCheck job) {
        return job.facts() == null || job.facts().soughtFiles().isEmpty()
                ? List.of(sanity, scheduling)
                : List.of(sanity, inputData, scheduling);
    }

    private static CheckResult.Ending ending(CheckedJob job, String optimizer, Verdict verdict, Duration holdTime) {
        if (verdict instanceof Schedules schedules) {
            return new Waits(
                    optimizer,
                    schedules.site(),
                    JobIntake.queueOf(job.vo(), job.owner(), job.ownerGroup(), schedules.requirements()));
        }
        if (verdict instanceof Stages stages) {
            return new CheckResult.Stages(optimizer, stages.files());
        }
        return verdict instanceof Holds holds
                ? new IsHeld(optimizer, holds.reason(), holdTime)
                : new Fails(optimizer, ((Refuses) verdict).reason());
    }
}
