/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.description.boundary.JobText;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.matching.control.MatchingSettings;
import org.diracee.wms.matching.control.PilotNotActive;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.MatchRepository.TakenJob;
import org.diracee.wms.pilot.boundary.OtherSite;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/**
 * Gives waiting jobs to pilots. Queues that fit are tried in a random order weighted by their priority; a queue that others
 * have emptied meanwhile only means that the next one is tried.
 *
 * @see "WMS reference 10.4 and 10.6"
 */
@Stateless
public class Matcher {

    /** Jobs that one request may ask for. */
    public static final int MOST_JOBS = 1_000;

    private static final int QUEUES_DRAWN = 10;

    private MatchRepository matches;
    private TaskQueues queues;
    private TokenIssuer tokens;
    private SecurityAudit audit;
    private ConfigurationService configuration;
    private Clock clock;

    protected Matcher() {} // for the container's proxy

    @Inject
    public Matcher(
            MatchRepository matches,
            TaskQueues queues,
            TokenIssuer tokens,
            SecurityAudit audit,
            ConfigurationService configuration,
            Clock clock) {
        this.matches = matches;
        this.queues = queues;
        this.tokens = tokens;
        this.audit = audit;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Hands out up to {@code jobs} waiting jobs that fit the resource; each belongs to the calling pilot until its lease
     * ends or it runs.
     *
     * @return empty if nothing fits
     * @throws PilotNotActive if the pilot is unknown, has ended or is to be killed
     * @throws OtherSite if the resource is at another site than the pilot is known to be at
     */
    @Requires(callers = CallerKind.PILOT)
    public List<MatchedJob> match(Caller caller, ResourceDescription resource, int jobs) {
        if (!(caller instanceof Caller.Pilot pilot)) {
            throw new Forbidden();
        }
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "%d jobs are asked for; 1 to %d may be".formatted(jobs, MOST_JOBS));
        }
        Instant now = clock.instant();
        if (!matches.notePilot(pilot.stamp(), pilot.vo(), resource.site(), now)) {
            Optional<String> other = matches.otherSite(pilot.stamp(), pilot.vo(), resource.site());
            if (other.isPresent()) {
                throw new OtherSite(pilot.stamp(), other.get(), resource.site().text());
            }
            throw new PilotNotActive(pilot.stamp());
        }
        MatchingSettings settings = new MatchingSettings(configuration.current());
        Instant leaseUntil = now.plus(settings.matchedLease(pilot.vo()));
        List<TakenJob> taken = new ArrayList<>();
        Set<Long> tried = new HashSet<>();
        List<Long> drawn;
        do {
            drawn = queues.draw(pilot.vo(), resource, tried, QUEUES_DRAWN);
            for (Long queue : drawn) {
                if (taken.size() < jobs) {
                    taken.addAll(
                            matches.take(queue, pilot.stamp(), resource.site(), now, leaseUntil, jobs - taken.size()));
                }
            }
            tried.addAll(drawn);
        } while (taken.size() < jobs && drawn.size() == QUEUES_DRAWN);
        Map<Long, JobText> texts = new HashMap<>();
        List<AuditedAct> minted = new ArrayList<>();
        List<MatchedJob> matched = taken.stream()
                .map(job -> matched(
                        job,
                        texts.computeIfAbsent(job.submission(), submission -> new JobText(job.description())),
                        pilot,
                        settings.jobTokenLifetime(),
                        minted))
                .toList();
        audit.record(minted);
        return matched;
    }

    /**
     * A new token for the attempt that the caller is.
     *
     * @throws StaleAttempt if it has lost the job
     */
    @Requires(callers = CallerKind.JOB)
    public JobToken renewToken(Caller caller) {
        if (!(caller instanceof Caller.Job job)) {
            throw new Forbidden();
        }
        if (!matches.isCurrent(job.id(), job.attempt(), job.pilot())) {
            throw new StaleAttempt(job.id(), job.attempt());
        }
        Duration life = new MatchingSettings(configuration.current()).jobTokenLifetime();
        IssuedToken token =
                tokens.jobToken(job.id(), job.attempt(), job.pilot(), job.owner(), job.ownerGroup(), job.vo(), life);
        audit.record(minted(job, token));
        return new JobToken(token.text(), token.remaining(clock));
    }

    private MatchedJob matched(TakenJob job, JobText text, Caller.Pilot pilot, Duration life, List<AuditedAct> minted) {
        IssuedToken token =
                tokens.jobToken(job.id(), job.attempt(), pilot.stamp(), job.owner(), job.ownerGroup(), job.vo(), life);
        minted.add(minted(
                new Caller.Job(job.id(), job.attempt(), pilot.stamp(), job.owner(), job.ownerGroup(), job.vo()),
                token));
        return new MatchedJob(
                job.id(),
                job.attempt(),
                text.manifest(job.sweepIndex(), job.sweepValues(), job.id()),
                job.owner(),
                job.ownerGroup(),
                job.vo(),
                token.text(),
                token.remaining(clock));
    }

    private static AuditedAct minted(Caller.Job job, IssuedToken token) {
        return AuditedAct.done(
                AuditAct.JOB_TOKEN,
                AuditActor.of(job)
                        .with(Credential.of(
                                CredentialKind.ACCESS_TOKEN, token.id().toString())),
                "job:" + job.id(),
                "attempt " + job.attempt() + ", pilot " + job.pilot());
    }
}
