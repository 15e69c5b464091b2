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
import org.diracee.wms.description.boundary.JobText;
import org.diracee.wms.matching.control.DescriptionCache;
import org.diracee.wms.matching.control.Filling;
import org.diracee.wms.matching.control.JobFinder;
import org.diracee.wms.matching.control.JobRequest;
import org.diracee.wms.matching.control.JobsHandedOut;
import org.diracee.wms.matching.control.MatchingSettings;
import org.diracee.wms.matching.control.PilotNotActive;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.MatchRepository.ActivePilot;
import org.diracee.wms.matching.entity.MatchRepository.NewHolder;
import org.diracee.wms.matching.entity.WaitingJob;
import org.diracee.wms.taskqueue.boundary.TaskQueues;

/**
 * Hands jobs out to the pilots of several requests in one transaction. Relies on READ COMMITTED: every statement sees what has been
 * committed before it. Pilots are locked first, in the order of their stamps; of jobs nobody waits for a lock.
 */
@Stateless
public class HandOut {

    private MatchRepository matches;
    private TaskQueues queues;
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
            DescriptionCache descriptions,
            TokenIssuer tokens,
            SecurityAudit audit,
            ConfigurationService configuration,
            Clock clock) {
        this.matches = matches;
        this.queues = queues;
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
        Set<ActivePilot> active =
                matches.lockActive(requests.stream().map(HandOut::pilot).collect(Collectors.toSet()));
        List<Filling> all = requests.stream().map(Filling::new).toList();
        List<Filling> fillings = all.stream()
                .filter(one -> active.contains(pilot(one.request())))
                .toList();
        new JobFinder(matches, queues).fill(fillings);
        write(fillings);
        Map<Filling, List<JobsHandedOut.Item>> items = items(fillings);
        return all.stream()
                .map(one -> items.containsKey(one)
                        ? new JobsHandedOut(items.getOrDefault(one, List.of()), Optional.empty())
                        : JobsHandedOut.refused(
                                new PilotNotActive(one.request().pilot().stamp())))
                .toList();
    }

    private static ActivePilot pilot(JobRequest request) {
        return new ActivePilot(request.pilot().stamp(), request.pilot().vo());
    }

    private void write(Collection<Filling> fillings) {
        Instant now = clock.instant();
        MatchingSettings settings = new MatchingSettings(configuration.current());
        List<NewHolder> holders = new ArrayList<>();
        for (Filling filling : fillings) {
            JobRequest request = filling.request();
            Instant leaseUntil = now.plus(settings.matchedLease(request.pilot().vo()));
            holders.add(new NewHolder(request.pilot().stamp(), request.site(), leaseUntil, filling.jobs()));
        }
        if (!holders.isEmpty()) {
            matches.handOut(holders, now);
        }
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
