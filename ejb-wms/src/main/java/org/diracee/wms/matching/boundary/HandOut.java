/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.audit.boundary.AuditedOfRequest;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.description.boundary.JobText;
import org.diracee.wms.matching.control.Allowance;
import org.diracee.wms.matching.control.DescriptionCache;
import org.diracee.wms.matching.control.FailingPilots;
import org.diracee.wms.matching.control.Filling;
import org.diracee.wms.matching.control.JobFinder;
import org.diracee.wms.matching.control.JobLimits;
import org.diracee.wms.matching.control.JobRequest;
import org.diracee.wms.matching.control.JobsHandedOut;
import org.diracee.wms.matching.control.MatchingSettings;
import org.diracee.wms.matching.control.PilotFailsJobs;
import org.diracee.wms.matching.control.PilotNotActive;
import org.diracee.wms.matching.control.RunningJobs;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.MatchRepository.ActivePilot;
import org.diracee.wms.matching.entity.MatchRepository.KnownPlace;
import org.diracee.wms.matching.entity.MatchRepository.NewHolder;
import org.diracee.wms.matching.entity.WaitingJob;
import org.diracee.wms.pilot.boundary.OtherSite;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/**
 * Hands jobs out to the pilots of several requests in one transaction. Relies on READ COMMITTED: every statement sees what has been
 * committed before it. Pilots are locked first, in the order of their stamps; of jobs nobody waits for a lock.
 */
@Stateless
public class HandOut {

    private static final String UNKNOWN_SITE = "Unknown";

    private MatchRepository matches;
    private TaskQueues queues;
    private JobLimits limits;
    private RunningJobs running;
    private BanList bans;
    private FailingPilots failingPilots;
    private DescriptionCache descriptions;
    private TokenIssuer tokens;
    private SecurityAudit audit;
    private ConfigurationService configuration;
    private Clock clock;

    protected HandOut() {} // for the container's proxy

    @Inject
    public HandOut(
            MatchRepository matches,
            TaskQueues queues,
            JobLimits limits,
            RunningJobs running,
            BanList bans,
            FailingPilots failingPilots,
            DescriptionCache descriptions,
            TokenIssuer tokens,
            SecurityAudit audit,
            ConfigurationService configuration,
            Clock clock) {
        this.matches = matches;
        this.queues = queues;
        this.limits = limits;
        this.running = running;
        this.bans = bans;
        this.failingPilots = failingPilots;
        this.descriptions = descriptions;
        this.tokens = tokens;
        this.audit = audit;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** What each request gets, in their order; all are committed or none. */
    @OpenAccess("the calling service has checked the callers")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<JobsHandedOut> handOut(List<JobRequest> requests) {
        Map<ActivePilot, KnownPlace> active =
                matches.lockActive(requests.stream().map(HandOut::pilot).collect(Collectors.toSet()));
        Configuration snapshot = configuration.current();
        Set<PilotStamp> failing = failingPilots.now(snapshot);
        JobLimits.Delays delays = limits.delays(snapshot);
        Map<JobRequest, Filling> byRequest = new IdentityHashMap<>();
        List<Filling> fillings = new ArrayList<>();
        for (JobRequest request : requests) {
            if (refusal(request, active, failing).isEmpty()) {
                Filling filling = filling(request, active, snapshot, delays);
                byRequest.put(request, filling);
                fillings.add(filling);
            }
        }
        new JobFinder(matches, queues).fill(fillings);
        write(fillings, snapshot, delays);
        Map<Filling, List<JobsHandedOut.Item>> items = items(fillings);
        return requests.stream()
                .map(request -> {
                    Filling filling = byRequest.get(request);
                    return filling == null
                            ? new JobsHandedOut(List.of(), refusal(request, active, failing))
                            : new JobsHandedOut(items.getOrDefault(filling, List.of()), Optional.empty());
                })
                .toList();
    }

    private static Optional<DiracException> refusal(
            JobRequest request, Map<ActivePilot, KnownPlace> active, Set<PilotStamp> failing) {
        PilotStamp stamp = request.pilot().stamp();
        KnownPlace place = active.get(pilot(request));
        if (place == null) {
            return Optional.of(new PilotNotActive(stamp));
        }
        if (failing.contains(stamp)) {
            return Optional.of(new PilotFailsJobs(stamp));
        }
        String known = place.site();
        String named = request.site().text();
        return known.equals(UNKNOWN_SITE) || known.equals(named)
                ? Optional.empty()
                : Optional.of(new OtherSite(stamp, known, named));
    }

    private Filling filling(
            JobRequest request, Map<ActivePilot, KnownPlace> active, Configuration snapshot, JobLimits.Delays delays) {
        VoName vo = request.pilot().vo();
        Optional<String> submittedThrough =
                Optional.ofNullable(active.get(pilot(request))).map(KnownPlace::computingElement);
        if (bans.stopping(vo, request.site(), submittedThrough).isPresent()) {
            // of a computing element that the request does not name
            return new Filling(request, List.of(Allowance.none()), running.left(snapshot, vo));
        }
        List<Allowance> allowances = new ArrayList<>(
                limits.left(snapshot, vo, request.site(), request.resource().gridCe()));
        allowances.addAll(delays.left(vo, request.site()));
        return new Filling(request, allowances, running.left(snapshot, vo));
    }

    private static ActivePilot pilot(JobRequest request) {
        return new ActivePilot(request.pilot().stamp(), request.pilot().vo());
    }

    private void write(Collection<Filling> fillings, Configuration snapshot, JobLimits.Delays delays) {
        Instant now = clock.instant();
        MatchingSettings settings = new MatchingSettings(snapshot);
        List<NewHolder> holders = new ArrayList<>();
        for (Filling filling : fillings) {
            JobRequest request = filling.request();
            Instant leaseUntil = now.plus(settings.matchedLease(request.pilot().vo()));
            holders.add(new NewHolder(request.pilot().stamp(), request.site(), leaseUntil, filling.jobs()));
        }
        if (!holders.isEmpty()) {
            matches.handOut(holders, now);
        }
        delays.begin(fillings.stream().flatMap(one -> one.used().stream()).toList(), now);
    }

    private Map<Filling, List<JobsHandedOut.Item>> items(Collection<Filling> fillings) {
        Set<Long> submissions = fillings.stream()
                .flatMap(filling -> filling.jobs().stream())
                .map(WaitingJob::submission)
                .collect(Collectors.toSet());
        Map<Long, JobText> texts = descriptions.of(submissions, matches::descriptions);
        List<AuditedOfRequest> minted = new ArrayList<>();
        Map<Filling, List<JobsHandedOut.Item>> items = new HashMap<>();
        for (Filling filling : fillings) {
            List<JobsHandedOut.Item> own = new ArrayList<>();
            for (WaitingJob job : filling.jobs()) {
                JobText text = texts.get(job.submission());
                if (text == null) {
                    throw new IllegalStateException("Submission " + job.submission() + " of a job is gone");
                }
                JobsHandedOut.Item item = new JobsHandedOut.Item(job, text, tokens.newTokenId());
                minted.add(new AuditedOfRequest(
                        filling.request().origin(),
                        Matcher.minted(Matcher.wrapper(job, filling.request().pilot()), item.token())));
                own.add(item);
            }
            items.put(filling, own);
        }
        audit.record(minted);
        return items;
    }
}
