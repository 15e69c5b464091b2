/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.control.JobLimitReached;
import org.diracee.wms.job.control.SubmissionLimitSettings;
import org.diracee.wms.job.control.SubmissionLimitSettings.Kind;
import org.diracee.wms.job.control.SubmissionLimitSettings.Limit;
import org.diracee.wms.job.control.TooManySubmissions;
import org.diracee.wms.job.entity.SubmissionUseRepository;
import org.diracee.wms.job.entity.SubmissionUseRepository.Use;

/**
 * Sees to it that a VO, its groups and its users submit no more than they may.
 *
 * <p>Submissions at the same moment do not see each other, so a limit may be passed by what they bring; nobody waits for it.
 */
@Stateless
public class SubmissionLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<JobStatus> WAITING = Arrays.stream(JobStatus.values())
            .filter(JobStatus::isBeforeMatching)
            .toList();
    private static final List<JobStatus> RUNNING =
            Arrays.stream(JobStatus.values()).filter(JobStatus::isHeldByPilot).toList();

    private SubmissionUseRepository uses;
    private ConfigurationService configuration;
    private Clock clock;

    protected SubmissionLimits() {} // for the container's proxy

    @Inject
    public SubmissionLimits(SubmissionUseRepository uses, ConfigurationService configuration, Clock clock) {
        this.uses = uses;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Lets a submission pass that keeps all limits; asks the database only for what is limited.
     *
     * @throws JobLimitReached if too many jobs would wait
     * @throws TooManySubmissions if there were too many in the last minute
     */
    @OpenAccess("the calling service has checked the caller")
    public void require(Caller.User user, int descriptions, int jobs) {
        refusal(user, descriptions, jobs).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** Why a submission now would be refused, if it would. */
    @OpenAccess("the calling service has checked the caller")
    public Optional<DiracException> refusal(Caller.User user, int descriptions, int jobs) {
        List<Scope> rates = scopes(user, Kind.SUBMISSIONS_PER_MINUTE);
        if (!rates.isEmpty()) {
            Instant now = clock.instant();
            Use use = submissions(user, now);
            for (Scope scope : rates) {
                if (scope.used(use) + descriptions > scope.limit().allowed()) {
                    Instant free = use.oldest().orElse(now).plus(MINUTE);
                    return Optional.of(new TooManySubmissions(
                            scope.text() + scope.used(use) + " of "
                                    + scope.limit().allowed()
                                    + " submissions of this minute are used, and " + descriptions
                                    + " more are too many; submit sweeps, wait, or have "
                                    + scope.limit().option() + " raised",
                            Duration.between(now, free)));
                }
            }
        }
        List<Scope> waiting = scopes(user, Kind.MAX_WAITING_JOBS);
        if (!waiting.isEmpty()) {
            Use use = jobs(user, WAITING);
            for (Scope scope : waiting) {
                if (scope.used(use) + jobs > scope.limit().allowed()) {
                    return Optional.of(new JobLimitReached(scope.text() + scope.used(use) + " of "
                            + scope.limit().allowed() + " jobs wait already, and " + jobs
                            + " more are too many; wait until some run, kill some, or have "
                            + scope.limit().option() + " raised"));
                }
            }
        }
        return Optional.empty();
    }

    /** What the caller, his group and his VO use, and how much they may. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public List<LimitUse> mine(Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        List<LimitUse> all = new ArrayList<>();
        addAll(all, user, Kind.MAX_WAITING_JOBS.option(), jobs(user, WAITING), scopes(user, Kind.MAX_WAITING_JOBS));
        addAll(all, user, Kind.MAX_RUNNING_JOBS.option(), jobs(user, RUNNING), scopes(user, Kind.MAX_RUNNING_JOBS));
        addAll(
                all,
                user,
                Kind.SUBMISSIONS_PER_MINUTE.option(),
                submissions(user, clock.instant()),
                scopes(user, Kind.SUBMISSIONS_PER_MINUTE));
        return all;
    }

    private static void addAll(List<LimitUse> all, Caller.User user, String name, Use use, List<Scope> limited) {
        for (Whose whose : Whose.values()) {
            Optional<Limit> limit = limited.stream()
                    .filter(scope -> scope.whose() == whose)
                    .map(Scope::limit)
                    .findFirst();
            all.add(new LimitUse(
                    name,
                    whose.name().toLowerCase(java.util.Locale.ROOT),
                    whose.of(user),
                    whose.used(use),
                    limit.map(found -> OptionalLong.of(found.allowed())).orElse(OptionalLong.empty()),
                    limit.map(Limit::option)));
        }
    }

    private List<Scope> scopes(Caller.User user, Kind kind) {
        SubmissionLimitSettings settings = new SubmissionLimitSettings(configuration.current());
        List<Scope> scopes = new ArrayList<>();
        settings.ofUser(kind, user.vo(), user.username())
                .ifPresent(limit -> scopes.add(new Scope(Whose.USER, Whose.USER.of(user), limit)));
        settings.ofGroup(kind, user.vo(), user.group())
                .ifPresent(limit -> scopes.add(new Scope(Whose.GROUP, Whose.GROUP.of(user), limit)));
        settings.ofVo(kind, user.vo()).ifPresent(limit -> scopes.add(new Scope(Whose.VO, Whose.VO.of(user), limit)));
        return scopes;
    }

    private Use jobs(Caller.User user, List<JobStatus> statuses) {
        return uses.jobs(user.vo().text(), user.group().text(), user.username().text(), statuses);
    }

    private Use submissions(Caller.User user, Instant now) {
        return uses.submissions(
                user.vo().text(), user.group().text(), user.username().text(), now.minus(MINUTE));
    }

    /** Who is limited. */
    private enum Whose {
        VO,
        GROUP,
        USER;

        String of(Caller.User user) {
            return switch (this) {
                case VO -> user.vo().text();
                case GROUP -> user.group().text();
                case USER -> user.username().text();
            };
        }

        long used(Use use) {
            return switch (this) {
                case VO -> use.vo();
                case GROUP -> use.group();
                case USER -> use.user();
            };
        }
    }

    private record Scope(Whose whose, String of, Limit limit) {

        long used(Use use) {
            return whose.used(use);
        }

        String text() {
            return limit.kind().option() + " of the "
                    + (whose == Whose.VO ? "VO" : whose.name().toLowerCase(java.util.Locale.ROOT)) + " " + of + ": ";
        }
    }
}
