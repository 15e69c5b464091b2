/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.sandbox.control.OtherAttempt;
import org.diracee.wms.sandbox.control.PresigningStorage;
import org.diracee.wms.sandbox.control.SandboxAnnouncements;
import org.diracee.wms.sandbox.control.SandboxLinks;
import org.diracee.wms.sandbox.control.SandboxNotFound;
import org.diracee.wms.sandbox.control.SandboxPolicy;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.SandboxSpace;
import org.diracee.wms.sandbox.control.SandboxSpaceUsedUp;
import org.diracee.wms.sandbox.control.SandboxStorages;
import org.diracee.wms.sandbox.control.SandboxTooLarge;
import org.diracee.wms.sandbox.control.UnknownJob;
import org.diracee.wms.sandbox.entity.JobOfSandbox;
import org.diracee.wms.sandbox.entity.Sandbox;
import org.diracee.wms.sandbox.entity.SandboxRepository;

/**
 * The sandboxes of users and jobs: gives leave to upload and download them and links them to jobs.
 *
 * @see "DiracX REST reference 8"
 */
@Stateless
public class SandboxStore {

    private SandboxRepository sandboxes;
    private SandboxAnnouncements announcements;
    private SandboxStorages storages;
    private SandboxLinks links;
    private SandboxSettings settings;
    private SandboxSpace space;
    private Clock clock;

    protected SandboxStore() {} // for the container's proxy

    @Inject
    public SandboxStore(
            SandboxRepository sandboxes,
            SandboxAnnouncements announcements,
            SandboxStorages storages,
            SandboxLinks links,
            SandboxSettings settings,
            SandboxSpace space,
            Clock clock) {
        this.sandboxes = sandboxes;
        this.announcements = announcements;
        this.storages = storages;
        this.links = links;
        this.settings = settings;
        this.space = space;
        this.clock = clock;
    }

    /** The largest archive that is taken. */
    @OpenAccess("a bound is no secret")
    public long maxBytes() {
        return settings.maxBytes();
    }

    /** What the sandboxes of the caller and of his VO take, and how much they may. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public List<SpaceUse> space(Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        return space.uses(user.vo(), user.username());
    }

    /** What kind of store holds the archives, in one word. */
    @OpenAccess("says nothing of what is stored")
    public String kind() {
        return storages.current().kind();
    }

    /**
     * Announces an archive; without a transfer in the answer its content is stored already and will stay for as long as a
     * new one would.
     *
     * @throws SandboxTooLarge if it is larger than the store takes
     * @throws SandboxSpaceUsedUp if its owner or VO would fill more of the store than they may
     */
    @Requires(
            value = Property.NORMAL_USER,
            callers = {CallerKind.USER, CallerKind.JOB})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public SandboxUpload initiate(Caller caller, SandboxAnnouncement announced) {
        if (announced.size() > settings.maxBytes()) {
            throw new SandboxTooLarge(announced.size(), settings.maxBytes());
        }
        SandboxPfn pfn = SandboxPolicy.nameFor(caller, announced);
        return new SandboxUpload(pfn, announcements.announce(caller, pfn, announced.size()));
    }

    /** Looks whether those of these sandboxes that the caller may use have come, if they are announced. */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.JOB})
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void confirm(Caller caller, Collection<SandboxPfn> pfns) {
        pfns.stream()
                .filter(pfn -> SandboxPolicy.mayUse(caller, pfn))
                .distinct()
                .forEach(announcements::confirm);
    }

    /**
     * Gives leave to download a sandbox. A job may read only what is assigned to it.
     *
     * @throws SandboxNotFound if the caller might read it and it is not there
     */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.JOB})
    public Transfer download(Caller caller, SandboxPfn pfn) {
        if (!SandboxPolicy.mayUse(caller, pfn)) {
            throw new Forbidden();
        }
        announcements.confirm(pfn);
        if (caller instanceof Caller.Job self) {
            JobOfSandbox job = sandboxes.job(self.id()).orElseThrow(Forbidden::new);
            requireCurrent(self, job);
            if (!sandboxes.assigned(job, SandboxKind.INPUT).contains(pfn)
                    && !sandboxes.assigned(job, SandboxKind.OUTPUT).contains(pfn)) {
                throw new Forbidden("The sandbox is not assigned to job " + self.id());
            }
        }
        Sandbox sandbox = sandboxes
                .find(pfn)
                .filter(Sandbox::hasArrived)
                .filter(found -> sandboxes.accessed(found, clock.instant()))
                .orElseThrow(SandboxNotFound::new);
        return storages.current() instanceof PresigningStorage presigning
                ? presigning.download(pfn)
                : links.sign(caller, TransferDirection.DOWNLOAD, pfn, sandbox.bytes());
    }

    /**
     * Links input sandboxes to all jobs of a submission; part of the submission's transaction. All or none.
     *
     * @throws InvalidRequest if one is not there or not the caller's
     */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.JOB})
    public void assignInput(Caller caller, long submissionId, Collection<SandboxPfn> inputs) {
        for (SandboxPfn pfn : new LinkedHashSet<>(inputs)) {
            if (!SandboxPolicy.mayUse(caller, pfn)) {
                throw new InvalidRequest("InputSandbox: " + pfn + " does not belong to the submitter");
            }
            Sandbox sandbox = sandboxes
                    .findAndKeep(pfn)
                    .orElseThrow(() -> new InvalidRequest(
                            "InputSandbox: there is no sandbox " + pfn + ": upload it before the job"));
            sandboxes.assignToSubmission(sandbox, submissionId, clock.instant());
        }
    }

    /**
     * Links an output sandbox to a job. A job's own wrapper may repeat this, and takes away what earlier attempts left.
     *
     * @throws InvalidRequest if the sandbox is not there, or a user assigns it again
     */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.JOB})
    public void assignOutput(Caller caller, JobId id, SandboxPfn pfn) {
        confirm(caller, List.of(pfn));
        JobOfSandbox job = sandboxes
                .jobAndKeep(id)
                .filter(found -> SandboxPolicy.mayUse(caller, found))
                .orElseThrow(() -> unknown(caller, id));
        if (!SandboxPolicy.mayUse(caller, pfn)) {
            throw new Forbidden();
        }
        Optional<Integer> attempt = Optional.empty();
        if (caller instanceof Caller.Job self) {
            requireCurrent(self, job);
            attempt = Optional.of(self.attempt());
        }
        Sandbox sandbox = sandboxes.findAndKeep(pfn).orElseThrow(() -> new InvalidRequest("Sandbox not found"));
        attempt.ifPresent(current -> sandboxes.releaseOutputsBefore(id, current));
        boolean added = sandboxes.assignOutput(sandbox, id, attempt, clock.instant());
        if (!added && attempt.isEmpty()) {
            throw new InvalidRequest("Sandbox already assigned");
        }
    }

    /** The sandboxes of a job. */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.JOB})
    public JobSandboxes list(Caller caller, JobId id) {
        JobOfSandbox job = sandboxes
                .job(id)
                .filter(found -> SandboxPolicy.mayUse(caller, found))
                .orElseThrow(() -> unknown(caller, id));
        return new JobSandboxes(
                sandboxes.assigned(job, SandboxKind.INPUT), sandboxes.assigned(job, SandboxKind.OUTPUT));
    }

    /** Takes all sandboxes from jobs, all or none; the archives go when nothing else holds them. */
    @Requires(
            value = {Property.NORMAL_USER, Property.JOB_ADMINISTRATOR},
            callers = {CallerKind.USER, CallerKind.SYSTEM})
    public void unassign(Caller caller, Collection<JobId> ids) {
        Set<JobId> wanted = new LinkedHashSet<>(ids);
        List<JobOfSandbox> jobs = sandboxes.jobs(wanted).stream()
                .filter(job -> SandboxPolicy.mayUse(caller, job))
                .toList();
        if (jobs.size() < wanted.size()) {
            jobs.forEach(job -> wanted.remove(job.id()));
            throw unknown(caller, wanted.iterator().next());
        }
        sandboxes.release(wanted);
    }

    /** An older attempt of a job writes and reads nothing any more. */
    private static void requireCurrent(Caller.Job self, JobOfSandbox job) {
        if (self.attempt() != job.attempt()) {
            throw new OtherAttempt(self.id(), self.attempt(), job.attempt());
        }
    }

    /**
     * Why the caller cannot use the job: it does not exist, or is not his. Only an administrator is told that there is none in the
     * VO; anybody else could count jobs that way.
     */
    private static RuntimeException unknown(Caller caller, JobId id) {
        return caller instanceof Caller.User user && user.has(Property.JOB_ADMINISTRATOR)
                ? new UnknownJob(id)
                : new Forbidden("Not yours, or not there: " + id);
    }
}
