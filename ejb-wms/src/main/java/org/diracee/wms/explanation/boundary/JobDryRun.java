/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.diracee.wms.job.boundary.SubmissionLimits;
import org.diracee.wms.optimizer.boundary.InputDataCatalog;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/** Tries descriptions as a submission would, and writes nothing. Whether uploaded sandboxes exist is not looked at. */
@Stateless
public class JobDryRun {

    /** Descriptions that one request may try. */
    public static final int MOST_DESCRIPTIONS = 100;

    private KnownResources resources;
    private SubmissionLimits limits;
    private ConfigurationService configuration;
    private Clock clock;
    private boolean knowsReplicas;

    protected JobDryRun() {} // for the container's proxy

    @Inject
    public JobDryRun(
            KnownResources resources,
            SubmissionLimits limits,
            ConfigurationService configuration,
            Clock clock,
            Instance<InputDataCatalog> catalog) {
        this(resources, limits, configuration, clock, catalog.stream().findFirst());
    }

    /** Where there is a catalogue of replicas, jobs may have input data. */
    public JobDryRun(
            KnownResources resources,
            SubmissionLimits limits,
            ConfigurationService configuration,
            Clock clock,
            Optional<InputDataCatalog> catalog) {
        this.resources = resources;
        this.limits = limits;
        this.configuration = configuration;
        this.clock = clock;
        this.knowsReplicas = catalog.isPresent();
    }

    /**
     * What each description would make. That limits are reached now is a warning, because they may not be when it counts.
     *
     * @param asked each a text in JDL, or an object with its attributes
     * @throws InvalidRequest if there are none, or more than {@value #MOST_DESCRIPTIONS}
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
        if (asked.isEmpty()) {
            throw new InvalidRequest(
                    "The request holds no job description; allowed are 1 to " + MOST_DESCRIPTIONS + " to be tried");
        }
        List<String> jdls = JobDescriptions.jdls(asked);
        KnownResources.Known now = resources.of(user.vo());
        List<DescriptionCheck> checks = new ArrayList<>();
        Map<String, ResourceChecks> known = new LinkedHashMap<>();
        List<ExpandedDescription> descriptions = new JobDescriptions(configuration.current(), user).expand(jdls);
        Optional<String> refusal = limits.refusal(
                        user,
                        descriptions.size(),
                        descriptions.stream().mapToInt(one -> one.jobs().size()).sum())
                .map(reached -> "A submission now would be refused: " + reached.detail());
        for (ExpandedDescription description : descriptions) {
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
            checks.add(new DescriptionCheck(description.jobs().size(), warnings(description, refusal), queues));
        }
        return checks;
    }

    private List<String> warnings(ExpandedDescription description, Optional<String> refusal) {
        List<String> warnings = new ArrayList<>(description.warnings());
        refusal.ifPresent(warnings::add);
        if (!knowsReplicas
                && description.jobs().stream()
                        .anyMatch(job -> !job.soughtFiles().isEmpty())) {
            warnings.add("InputData: the jobs would fail, because this installation has no data management that knows"
                    + " replicas");
        }
        return warnings;
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
