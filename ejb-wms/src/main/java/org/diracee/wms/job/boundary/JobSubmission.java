/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.framework.idempotency.boundary.IdempotencyConflict;
import org.diracee.framework.idempotency.boundary.RequestInProgress;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.description.boundary.ExpandedDescription;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.job.control.JobLimitReached;
import org.diracee.wms.job.control.SweepTurns;
import org.diracee.wms.job.control.TooManySubmissions;
import org.diracee.wms.job.entity.SubmissionRepository;
import org.diracee.wms.job.entity.SubmissionRepository.Submitted;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;

/**
 * Accepts job descriptions: all jobs of a request, or none.
 *
 * <p>The optimizers that need nothing from outside run in the same transaction, so the jobs are committed as waiting.
 */
@Stateless
public class JobSubmission {

    /** What the submitter is told of a new job. */
    public static final String JOB_ACCEPTED = "Job accepted";

    private static final String ROUTE = "job.submit";

    private SandboxStore sandboxes;
    private JobIntake intake;
    private SubmissionRepository submissions;
    private SubmissionLimits limits;
    private SweepTurns turns;
    private ConfigurationService configuration;
    private Idempotency idempotency;

    protected JobSubmission() {} // for the container's proxy

    @Inject
    public JobSubmission(
            SandboxStore sandboxes,
            JobIntake intake,
            SubmissionRepository submissions,
            SubmissionLimits limits,
            SweepTurns turns,
            ConfigurationService configuration,
            Idempotency idempotency) {
        this.sandboxes = sandboxes;
        this.intake = intake;
        this.submissions = submissions;
        this.limits = limits;
        this.turns = turns;
        this.configuration = configuration;
        this.idempotency = idempotency;
    }

    /**
     * Submits every description, sweeps expanded; when this returns, the jobs wait for a pilot.
     *
     * @param idempotencyKey a repeat with the same key and the same descriptions makes nothing and gets the same answer
     * @return one receipt per job, in the order of the descriptions and within them of the sweep
     * @throws DiracException for a wrong description or too many jobs; then nothing was submitted
     * @throws JobLimitReached if more jobs would wait than the VO allows
     * @throws TooManySubmissions if there were too many in the last minute, or too many large ones wait
     * @throws RequestInProgress if another request works under the same key now
     * @throws IdempotencyConflict if the key was used for other descriptions
     */
    @Requires(value = Property.NORMAL_USER, unlimited = true)
    public List<SubmittedJob> submit(Caller caller, List<String> jdls, Optional<String> idempotencyKey) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        if (jdls.isEmpty()) {
            throw new InvalidRequest("At least one job description is needed");
        }
        // before the transaction has a connection and locks, as a store outside is asked; read from the texts, because
        // expanding descriptions that came before under the same key would be in vain
        sandboxes.confirm(caller, SandboxPfn.mentionedIn(jdls));
        if (idempotencyKey.isEmpty()) {
            return submit(user, jdls);
        }
        byte[] hash = hash(jdls);
        Optional<List<Long>> earlier = idempotency.replay(caller, ROUTE, idempotencyKey.get(), hash);
        if (earlier.isPresent()) {
            return receipts(submissions.submitted(earlier.get()));
        }
        List<SubmittedJob> jobs = submit(user, jdls);
        List<Long> ids = jobs.stream().map(job -> job.id().number()).toList();
        idempotency.record(caller, ROUTE, idempotencyKey.get(), hash, ids);
        return jobs;
    }

    /**
     * The same for descriptions that came as objects, with the names of attributes as keys; attributes that the server does not
     * know are refused.
     */
    @Requires(value = Property.NORMAL_USER, unlimited = true)
    public List<SubmittedJob> submitObjects(
            Caller caller, List<? extends Map<String, ?>> descriptions, Optional<String> idempotencyKey) {
        return submit(caller, JobDescriptions.jdls(descriptions), idempotencyKey);
    }

    private List<SubmittedJob> submit(Caller.User user, List<String> jdls) {
        List<ExpandedDescription> descriptions = new JobDescriptions(configuration.current(), user).expand(jdls);
        int jobs = descriptions.stream().mapToInt(one -> one.jobs().size()).sum();
        return receipts(turns.inTurn(user.vo(), jobs, () -> {
            limits.require(user, descriptions.size(), jobs);
            return intake.take(user, descriptions);
        }));
    }

    private static List<SubmittedJob> receipts(List<Submitted> jobs) {
        return jobs.stream()
                .map(job -> new SubmittedJob(
                        job.id(), JobStatus.RECEIVED, JOB_ACCEPTED, job.time(), job.clientRef(), job.warnings()))
                .toList();
    }

    private static byte[] hash(List<String> jdls) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String jdl : jdls) {
                byte[] bytes = jdl.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
