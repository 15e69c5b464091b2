/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.description.boundary.ExpandedDescription;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.explanation.boundary.DescriptionCheck.QueueCheck;
import org.diracee.wms.explanation.control.KnownResources;
import org.diracee.wms.explanation.control.WaitingRules;
import org.diracee.wms.job.boundary.JobIntake;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/** Tries descriptions as a submission would, and writes nothing. Whether uploaded sandboxes exist is not looked at. */
@Stateless
public class JobDryRun {

    /** Descriptions that one request may try. */
    public static final int MOST_DESCRIPTIONS = 100;

    private KnownResources resources;
    private ConfigurationService configuration;
    private Clock clock;

    protected JobDryRun() {} // for the container's proxy

    @Inject
    public JobDryRun(KnownResources resources, ConfigurationService configuration, Clock clock) {
        this.resources = resources;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * What each description would make.
     *
     * @param asked each a text in JDL, or an object with its attributes
     * @throws InvalidRequest if there are more than {@value #MOST_DESCRIPTIONS}
     * @throws DiracException for what a submission of the same would be refused for
     */
    @Requires(value = Property.NORMAL_USER, unlimited = true)
    public List<DescriptionCheck> check(Caller caller, List<?> asked) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        if (asked.size() > MOST_DESCRIPTIONS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    asked.size() + " descriptions are to be tried; at most " + MOST_DESCRIPTIONS + " may be at once");
        }
        List<String> jdls = JobDescriptions.jdls(asked);
        KnownResources.Known now = resources.of(user.vo());
        List<DescriptionCheck> checks = new ArrayList<>();
        Map<String, ResourceChecks> known = new LinkedHashMap<>();
        for (ExpandedDescription description : new JobDescriptions(configuration.current(), user).expand(jdls)) {
            Map<String, QueueDefinition> definitions = new LinkedHashMap<>();
            Map<String, Integer> jobs = new LinkedHashMap<>();
            description.jobs().stream()
                    .map(job -> JobIntake.queueOf(user.vo(), user.username(), user.group(), job.requirements()))
                    .forEach(queue -> {
                        if (definitions.size() < DescriptionCheck.MOST_QUEUES) {
                            definitions.putIfAbsent(queue.digest(), queue);
                        }
                        if (definitions.containsKey(queue.digest())) {
                            jobs.merge(queue.digest(), 1, Integer::sum);
                        }
                    });
            List<QueueCheck> queues = definitions.values().stream()
                    .map(queue -> check(queue, jobs.getOrDefault(queue.digest(), 0), known, now))
                    .toList();
            checks.add(new DescriptionCheck(description.jobs().size(), description.warnings(), queues));
        }
        return checks;
    }

    private QueueCheck check(
            QueueDefinition queue, int jobs, Map<String, ResourceChecks> known, KnownResources.Known now) {
        ResourceChecks checks = known.computeIfAbsent(queue.digest(), digest -> now.check(queue));
        String sentence = WaitingRules.hindrance(queue.owner(), resources.isHeld(queue), checks, clock.instant())
                .map(WaitingRules.Conclusion::sentence)
                .orElseGet(
                        () -> checks.taking() + " of " + checks.all().size() + " known resources would take it now.");
        return new QueueCheck(jobs, sentence, queue, checks);
    }
}
