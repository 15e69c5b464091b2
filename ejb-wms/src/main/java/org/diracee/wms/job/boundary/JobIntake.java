/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.boundary.ExpandedDescription;
import org.diracee.wms.description.boundary.ExpandedJob;
import org.diracee.wms.description.boundary.Requirements;
import org.diracee.wms.job.control.JobTexts;
import org.diracee.wms.job.control.SweepTurns;
import org.diracee.wms.job.entity.SubmissionRepository;
import org.diracee.wms.job.entity.SubmissionRepository.Description;
import org.diracee.wms.job.entity.SubmissionRepository.Line;
import org.diracee.wms.job.entity.SubmissionRepository.NewJob;
import org.diracee.wms.job.entity.SubmissionRepository.Stored;
import org.diracee.wms.job.entity.SubmissionRepository.Submitted;
import org.diracee.wms.job.entity.SubmissionRepository.Submitter;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/** Turns valid descriptions into waiting jobs, within the transaction of the submission. */
@ApplicationScoped
public class JobIntake {

    /** What the log tells of a job that no optimizer holds up. */
    private static final List<Line> LINES = List.of(
            new Line(JobStatus.RECEIVED, JobSubmission.JOB_ACCEPTED, JobTexts.JOB_MANAGER),
            new Line(JobStatus.WAITING, JobTexts.PILOT_AGENT_SUBMISSION, JobTexts.JOB_SCHEDULING));

    /** What the log tells of a job for which an optimizer asks outside. */
    private static final List<Line> CHECKED_LINES = List.of(
            new Line(JobStatus.RECEIVED, JobSubmission.JOB_ACCEPTED, JobTexts.JOB_MANAGER),
            new Line(JobStatus.CHECKING, JobTexts.JOB_SANITY, JobTexts.JOB_PATH),
            new Line(JobStatus.CHECKING, JobTexts.INPUT_DATA, JobTexts.JOB_SANITY));

    private SubmissionRepository submissions;
    private TaskQueues queues;
    private SandboxStore sandboxes;
    private SweepTurns turns;
    private SecurityAudit audit;
    private Clock clock;

    protected JobIntake() {} // for the container's proxy

    @Inject
    public JobIntake(
            SubmissionRepository submissions,
            TaskQueues queues,
            SandboxStore sandboxes,
            SweepTurns turns,
            SecurityAudit audit,
            Clock clock) {
        this.submissions = submissions;
        this.queues = queues;
        this.sandboxes = sandboxes;
        this.turns = turns;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds the jobs with their queues, log lines, sandboxes and counters; returns them in order. They wait, or are in Checking if
     * an optimizer must ask outside: the queue of such a job is the one that its description alone asks for, until the optimizers
     * find another.
     */
    @OpenAccess("the calling service has checked the caller")
    public List<Submitted> take(Caller.User user, List<ExpandedDescription> descriptions) {
        Instant now = clock.instant();
        Submitter submitter = new Submitter(user.vo(), user.username(), user.group());
        Map<Requirements, Long> queueIds = queues(user, descriptions);
        Stored stored = submissions.store(
                submitter,
                descriptions.stream()
                        .map(one -> new Description(
                                one.description(),
                                one.warnings(),
                                one.jobs().size(),
                                one.jobs().stream().anyMatch(JobIntake::isChecked)))
                        .toList(),
                now);
        List<NewJob> waiting = new ArrayList<>(stored.jobs().size());
        List<NewJob> checked = new ArrayList<>();
        List<Submitted> receipts = new ArrayList<>(stored.jobs().size());
        for (int i = 0; i < descriptions.size(); i++) {
            ExpandedDescription description = descriptions.get(i);
            long submission = stored.submissions().get(i);
            for (ExpandedJob unnumbered : description.jobs()) {
                JobId id = stored.jobs().get(receipts.size());
                ExpandedJob job = unnumbered.withId(id);
                (isChecked(job) ? checked : waiting)
                        .add(newJob(id, submission, job, queueIds.getOrDefault(job.requirements(), 0L)));
                receipts.add(
                        new Submitted(id, now, job.clientRef(), job.index() == 0 ? description.warnings() : List.of()));
            }
            if (!description.inputSandboxes().isEmpty()) {
                sandboxes.assignInput(user, submission, pfns(description.inputSandboxes()));
            }
        }
        Duration rested =
                turns.inSlices(waiting, Duration.ZERO, slice -> submissions.add(submitter, slice, LINES, now));
        turns.inSlices(checked, rested, slice -> submissions.add(submitter, slice, CHECKED_LINES, now));
        List<Long> ids = stored.submissions();
        audit.record(
                user,
                AuditAct.SUBMISSION,
                "submissions:" + ids.get(0) + "-" + ids.get(ids.size() - 1),
                receipts.size() + " jobs");
        return receipts;
    }

    /** The queue of each set of requirements; the jobs of a sweep share few such objects. */
    private Map<Requirements, Long> queues(Caller.User user, List<ExpandedDescription> descriptions) {
        Map<Requirements, String> digests = new IdentityHashMap<>();
        List<QueueDefinition> definitions = new ArrayList<>();
        for (ExpandedDescription description : descriptions) {
            for (ExpandedJob job : description.jobs()) {
                digests.computeIfAbsent(job.requirements(), requirements -> {
                    QueueDefinition definition = queueOf(user.vo(), user.username(), user.group(), requirements);
                    definitions.add(definition);
                    return definition.digest();
                });
            }
        }
        Map<String, Long> ids = queues.open(definitions);
        Map<Requirements, Long> queueIds = new IdentityHashMap<>();
        digests.forEach((requirements, digest) -> queueIds.put(requirements, ids.getOrDefault(digest, 0L)));
        return queueIds;
    }

    /** The task queue in which jobs of an owner with these requirements wait. */
    @OpenAccess("reveals nothing")
    public static QueueDefinition queueOf(VoName vo, UserName owner, GroupName ownerGroup, Requirements requirements) {
        return new QueueDefinition(
                requirements.queueDigest(vo, owner, ownerGroup),
                vo,
                owner,
                ownerGroup,
                requirements.cpuTime(),
                requirements.sites(),
                requirements.bannedSites(),
                requirements.gridCes(),
                requirements.platforms(),
                requirements.jobTypes(),
                requirements.tags());
    }

    private static boolean isChecked(ExpandedJob job) {
        return !job.soughtFiles().isEmpty();
    }

    private static NewJob newJob(JobId id, long submission, ExpandedJob job, long queue) {
        return new NewJob(
                id,
                submission,
                job.index(),
                job.sweepValues().orElse(null),
                job.jobName(),
                job.jobGroup(),
                job.clientRef().orElse(null),
                job.jobType(),
                job.site(),
                job.priority(),
                queue);
    }

    private static List<SandboxPfn> pfns(Collection<String> references) {
        return references.stream().map(SandboxPfn::parse).toList();
    }
}
