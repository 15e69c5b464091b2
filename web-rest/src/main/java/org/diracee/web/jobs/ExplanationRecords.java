/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.diracee.client.wire.CheckedDescription;
import org.diracee.client.wire.CountedFailures;
import org.diracee.client.wire.JobExplanation;
import org.diracee.client.wire.QueueRequirements;
import org.diracee.client.wire.ResourceMatches;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.explanation.boundary.DescriptionCheck;
import org.diracee.wms.explanation.boundary.Explanation;
import org.diracee.wms.explanation.boundary.FailureCounts;
import org.diracee.wms.explanation.boundary.FailureExplanation;
import org.diracee.wms.explanation.boundary.Obstacle;
import org.diracee.wms.explanation.boundary.QueueStanding;
import org.diracee.wms.explanation.boundary.ResourceCheck;
import org.diracee.wms.explanation.boundary.ResourceChecks;
import org.diracee.wms.explanation.boundary.WaitingExplanation;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.Unmet;

/** Translates explanations. */
final class ExplanationRecords {

    /** One page. */
    private static final int MOST_RESOURCES = 200;

    private ExplanationRecords() {}

    static JobExplanation explanation(Explanation job) {
        return new JobExplanation(
                job.job().number(),
                job.status(),
                job.minorStatus(),
                job.applicationStatus(),
                job.sentence(),
                job.lastSignOfLife(),
                job.leaseUntil(),
                job.pilot()
                        .map(pilot -> new JobExplanation.Pilot(
                                pilot.stamp(), pilot.status(), pilot.site(), pilot.lastUpdate())),
                job.waiting().map(ExplanationRecords::waiting),
                job.failure().map(ExplanationRecords::failure));
    }

    static CheckedDescription checked(DescriptionCheck check) {
        return new CheckedDescription(
                check.jobs(),
                check.warnings(),
                check.queues().stream()
                        .map(queue -> new CheckedDescription.CheckedQueue(
                                queue.jobs(),
                                queue.sentence(),
                                requirements(queue.requires()),
                                resources(queue.resources())))
                        .toList());
    }

    static CountedFailures counted(FailureCounts counts) {
        return new CountedFailures(
                counts.examined(),
                counts.next().map(JobId::number),
                counts.causes().stream()
                        .map(cause -> new CountedFailures.CountedCause(
                                cause.cause().text(),
                                cause.jobs(),
                                cause.ids().stream().map(JobId::number).toList(),
                                cause.minorStatuses()))
                        .toList());
    }

    private static JobExplanation.Waiting waiting(WaitingExplanation waiting) {
        QueueStanding queue = waiting.queue();
        return new JobExplanation.Waiting(
                waiting.reason().name().toLowerCase(Locale.ROOT),
                waiting.estimate().map(Duration::toSeconds),
                new JobExplanation.Queue(
                        queue.id(),
                        requirements(queue.requires()),
                        queue.ahead(),
                        queue.priority(),
                        queue.rivals(),
                        queue.share(),
                        queue.handedOut()),
                resources(waiting.resources()));
    }

    private static JobExplanation.Failure failure(FailureExplanation failure) {
        return new JobExplanation.Failure(
                failure.cause().text(), failure.meaning(), failure.source(), failure.evidence());
    }

    private static QueueRequirements requirements(QueueDefinition queue) {
        return new QueueRequirements(
                queue.owner().text(),
                queue.ownerGroup().text(),
                queue.cpuTime(),
                queue.sites(),
                queue.bannedSites(),
                queue.gridCes(),
                queue.platforms(),
                queue.jobTypes(),
                queue.tags());
    }

    private static ResourceMatches resources(ResourceChecks checks) {
        List<ResourceMatches.ResourceMatch> best = checks.all().stream()
                .limit(MOST_RESOURCES)
                .map(ExplanationRecords::resource)
                .toList();
        return new ResourceMatches(checks.all().size(), checks.fitting(), checks.taking(), checks.takerSeen(), best);
    }

    private static ResourceMatches.ResourceMatch resource(ResourceCheck check) {
        return new ResourceMatches.ResourceMatch(
                check.resource().site().text(),
                check.resource().gridCe(),
                check.lastSeen(),
                check.takes(),
                check.unmet().stream().map(ExplanationRecords::unmet).toList(),
                check.obstacles().stream().map(Obstacle::text).toList());
    }

    private static ResourceMatches.UnmetRequirement unmet(Unmet unmet) {
        return new ResourceMatches.UnmetRequirement(
                unmet.field().text(), unmet.queue(), unmet.resource(), unmet.text());
    }
}
