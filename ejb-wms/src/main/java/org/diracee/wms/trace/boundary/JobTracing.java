/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.trace.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.framework.administration.boundary.Oversight;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.framework.audit.boundary.AuditRecords;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.trace.entity.TraceRepository;
import org.diracee.wms.trace.entity.TraceRepository.Attempt;

/** Tells administrators who is behind a job, or behind what came from a worker node, by the audit log and the tables of jobs. */
@Stateless
public class JobTracing {

    private static final int MOST_ROWS = 1_000;

    /** No attempt runs longer. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofDays(30);

    /** The audit log's clock ticks a little after that of the submission. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    private static final Pattern TAKEN = Pattern.compile("attempt (\\d{1,9}), pilot .*");
    private static final Pattern JOB = Pattern.compile("job:(\\d{1,18})");
    private static final Pattern SUBMISSIONS = Pattern.compile("submissions:(\\d{1,18})-(\\d{1,18})");

    private TraceRepository attempts;
    private AuditRecords audit;
    private ConfigurationService configuration;

    protected JobTracing() {} // for the container's proxy

    @Inject
    public JobTracing(TraceRepository attempts, AuditRecords audit, ConfigurationService configuration) {
        this.attempts = attempts;
        this.audit = audit;
        this.configuration = configuration;
    }

    /**
     * All attempts of a job, the latest first; empty if there is no such job, or none that the caller watches over.
     *
     * @throws Forbidden if the caller watches over nobody
     */
    @Requires
    public List<TracedAttempt> job(Caller caller, JobId job) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        List<AuditRow> tokens = allTokens(job);
        return attempts.attempts(List.of(job.number())).stream()
                .filter(attempt -> oversight.coversName(attempt.vo()))
                .map(attempt -> traced(attempt, tokens))
                .toList();
    }

    /**
     * The attempts that ran at this time on a worker node that reaches us from this address, as far as the tokens of this page tell: an
     * attempt with many tokens can be on several, and a page empty that has a next one.
     *
     * @param page of the tokens that were made there, the newest first
     * @throws Forbidden if the caller watches over nobody
     */
    @Requires
    public Page<TracedAttempt> address(Caller caller, String address, Instant time, PageRequest page) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        AuditQuery query =
                AuditQuery.ALL.from(address).within(time.minus(LONGEST_ATTEMPT), time.plus(Duration.ofMillis(1)));
        Page<AuditRow> found =
                tokens(oversight.vo().map(vo -> query.ofVo(vo.text())).orElse(query), page);
        List<AuditRow> tokens = found.items();
        Set<Long> jobs = new LinkedHashSet<>();
        tokens.forEach(row -> job(row).ifPresent(jobs::add));
        List<TracedAttempt> there = attempts.attempts(jobs).stream()
                .filter(attempt -> oversight.coversName(attempt.vo()))
                .filter(attempt ->
                        attempt.ended().map(end -> !end.isBefore(time)).orElse(true))
                .map(attempt -> traced(attempt, tokens))
                .filter(attempt -> !attempt.tokens().isEmpty())
                .toList();
        return new Page<>(there, found.next());
    }

    private Page<AuditRow> tokens(AuditQuery query, PageRequest page) {
        return audit.find(query.ofAct(AuditAct.JOB_TOKEN), page);
    }

    private List<AuditRow> allTokens(JobId job) {
        List<AuditRow> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<AuditRow> page = tokens(AuditQuery.ALL.onTarget("job:" + job), new PageRequest(MOST_ROWS, next));
            all.addAll(page.items());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    private TracedAttempt traced(Attempt attempt, List<AuditRow> tokens) {
        return new TracedAttempt(
                new JobId(attempt.job()),
                attempt.attempt(),
                attempt.status(),
                attempt.vo(),
                attempt.owner(),
                attempt.ownerGroup(),
                attempt.descriptionHash(),
                attempt.sandboxes(),
                attempt.pilot(),
                attempt.site(),
                attempt.started(),
                attempt.ended(),
                submission(attempt),
                tokens.stream().filter(row -> isOf(row, attempt)).toList());
    }

    private Optional<AuditRow> submission(Attempt attempt) {
        AuditQuery query = AuditQuery.ALL
                .ofVo(attempt.vo())
                .ofUser(attempt.owner())
                .ofAct(AuditAct.SUBMISSION)
                .within(attempt.submitted().minus(SLACK), attempt.submitted().plus(SLACK));
        List<AuditRow> rows = new ArrayList<>(
                audit.find(query, new PageRequest(MOST_ROWS, Optional.empty())).items());
        return rows.stream().filter(row -> covers(row, attempt.submission())).findFirst();
    }

    private static boolean covers(AuditRow row, long submission) {
        Matcher range = SUBMISSIONS.matcher(row.target());
        return range.matches()
                && Long.parseLong(range.group(1)) <= submission
                && submission <= Long.parseLong(range.group(2));
    }

    private static boolean isOf(AuditRow row, Attempt attempt) {
        Matcher taken = TAKEN.matcher(row.detail());
        return taken.matches()
                && Integer.parseInt(taken.group(1)) == attempt.attempt()
                && job(row).filter(job -> job == attempt.job()).isPresent();
    }

    private static Optional<Long> job(AuditRow row) {
        Matcher target = JOB.matcher(row.target());
        return target.matches() ? Optional.of(Long.parseLong(target.group(1))) : Optional.empty();
    }
}
