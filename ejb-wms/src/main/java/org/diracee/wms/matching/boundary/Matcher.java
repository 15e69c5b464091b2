/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.suspension.boundary.Suspended;
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
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.matching.control.JobRequest;
import org.diracee.wms.matching.control.JobsHandedOut;
import org.diracee.wms.matching.control.MatchingSettings;
import org.diracee.wms.matching.control.PilotFailsJobs;
import org.diracee.wms.matching.control.PilotNotActive;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.WaitingJob;
import org.diracee.wms.pilot.boundary.OtherSite;
import org.diracee.wms.supply.boundary.SupplyNotes;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/**
 * Gives waiting jobs to pilots. Queues that fit are tried in a random order weighted by their priority; a queue that others
 * have emptied meanwhile only means that the next one is tried. A job that was committed before the request is found, if it fits and
 * nobody else is being given it.
 *
 * @see "WMS reference 10.4 and 10.6"
 */
@Stateless
public class Matcher {

    /** Jobs that one request may ask for. */
    public static final int MOST_JOBS = 1_000;

    private MatchRepository matches;
    private HandOuts handOuts;
    private SupplyNotes supply;
    private TaskQueues queues;
    private TokenIssuer tokens;
    private SecurityAudit audit;
    private ConfigurationService configuration;
    private Clock clock;

    protected Matcher() {} // for the container's proxy

    @Inject
    public Matcher(
            MatchRepository matches,
            HandOuts handOuts,
            SupplyNotes supply,
            TaskQueues queues,
            TokenIssuer tokens,
            SecurityAudit audit,
            ConfigurationService configuration,
            Clock clock) {
        this.matches = matches;
        this.handOuts = handOuts;
        this.supply = supply;
        this.queues = queues;
        this.tokens = tokens;
        this.audit = audit;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Hands out up to {@code jobs} waiting jobs that fit the resource, together if it says how many processors it has; each belongs to the calling pilot until its lease
     * ends or it runs. It is committed when this returns.
     *
     * @return empty if nothing fits
     * @throws PilotNotActive if the pilot is unknown, has ended or is to be killed
     * @throws PilotFailsJobs if its last jobs failed because of its host
     * @throws OtherSite if the resource is at another site than the pilot is known to be at
     */
    @Requires(callers = CallerKind.PILOT)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<MatchedJob> match(Caller caller, ResourceDescription resource, int jobs) {
        if (!(caller instanceof Caller.Pilot pilot)) {
            throw new Forbidden();
        }
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "%d jobs are asked for; 1 to %d may be".formatted(jobs, MOST_JOBS));
        }
        Duration life = new MatchingSettings(configuration.current()).jobTokenLifetime();
        JobsHandedOut handedOut = handOuts.answer(new JobRequest(
                pilot,
                resource,
                queues.search(pilot.vo(), resource),
                jobs,
                RequestOrigin.current(),
                System.nanoTime()));
        if (handedOut.refusal().isPresent()) {
            throw handedOut.refusal().get();
        }
        supply.note(
                pilot.vo(),
                resource,
                handedOut.jobs().stream().map(item -> item.job().queue()).toList());
        return matched(handedOut.jobs(), pilot, life);
    }

    /** The jobs that can be given. The lease of another ends, and then it waits again: the rest is not lost with it. */
    private List<MatchedJob> matched(List<JobsHandedOut.Item> jobs, Caller.Pilot pilot, Duration life) {
        List<MatchedJob> matched = new ArrayList<>();
        Optional<RuntimeException> last = Optional.empty();
        for (JobsHandedOut.Item item : jobs) {
            try {
                matched.add(matched(item, pilot, life));
            } catch (Suspended owner) {
                // in the moment between the hand-out and its token; the job is held when its lease has ended
                LOG.debugf("job %s is not given to pilot %s: %s", item.job().id(), pilot.stamp(), owner.detail());
            } catch (RuntimeException failure) {
                LOG.matchedJobNotGiven(item.job().id(), pilot.stamp(), failure);
                last = Optional.of(failure);
            }
        }
        if (matched.isEmpty() && last.isPresent()) {
            throw last.get();
        }
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
        IssuedToken token = tokens.jobToken(tokens.newTokenId(), job, life);
        audit.record(minted(job, token.id()));
        return new JobToken(token.text(), token.remaining(clock));
    }

    private MatchedJob matched(JobsHandedOut.Item item, Caller.Pilot pilot, Duration life) {
        WaitingJob job = item.job();
        IssuedToken token = tokens.jobToken(item.token(), wrapper(job, pilot), life);
        return new MatchedJob(
                job.id(),
                job.nextAttempt(),
                item.text().manifest(job.sweepIndex(), job.sweepValues(), job.id()),
                job.owner(),
                job.ownerGroup(),
                job.vo(),
                token.text(),
                token.remaining(clock));
    }

    /** The wrapper that is to run the job. */
    static Caller.Job wrapper(WaitingJob job, Caller.Pilot pilot) {
        return new Caller.Job(job.id(), job.nextAttempt(), pilot.stamp(), job.owner(), job.ownerGroup(), job.vo());
    }

    static AuditedAct minted(Caller.Job job, UUID token) {
        return AuditedAct.done(
                AuditAct.JOB_TOKEN,
                AuditActor.of(job).with(Credential.of(CredentialKind.ACCESS_TOKEN, token.toString())),
                "job:" + job.id(),
                "attempt " + job.attempt() + ", pilot " + job.pilot());
    }
}
