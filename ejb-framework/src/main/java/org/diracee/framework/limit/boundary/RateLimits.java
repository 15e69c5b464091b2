/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.limit.control.Buckets;
import org.diracee.framework.limit.control.Limit;
import org.diracee.framework.limit.control.LimitSettings;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.VoName;

/**
 * Bounds how often callers call. Each node counts for itself, in memory: an installation of several nodes lets through as many times
 * what is set as it has nodes.
 */
@ApplicationScoped
public class RateLimits {

    private static final String INTERNAL = "asked before anything else is done";
    private static final int MOST_BUCKETS = 100_000;

    private final Buckets<Key> buckets = new Buckets<>(MOST_BUCKETS);
    private final PerRevision<Reading> readings =
            new PerRevision<>(snapshot -> new Reading(snapshot, new ConcurrentHashMap<>()));
    private ConfigurationService configuration;
    private SecurityAudit audit;
    private RecentCallers recent;
    private Clock clock;

    protected RateLimits() {} // for the container's proxy

    @Inject
    public RateLimits(ConfigurationService configuration, SecurityAudit audit, RecentCallers recent, Clock clock) {
        this.configuration = configuration;
        this.audit = audit;
        this.recent = recent;
        this.clock = clock;
    }

    /**
     * Counts a request of this caller, against its own budget and that of its VO.
     *
     * @return what is left of the caller's own budget; empty if it has no limit
     * @throws TooManyRequests if there is nothing left
     */
    @OpenAccess(INTERNAL)
    public Optional<Allowance> count(Caller caller) {
        Optional<VoName> vo = vo(caller);
        if (vo.isEmpty()) {
            return Optional.empty();
        }
        AuditActor actor = AuditActor.of(caller);
        Optional<Allowance> own = take(Budget.ofOne(caller.kind()), vo.get(), caller.identity(), actor);
        take(Budget.ofAll(caller.kind()), vo.get(), vo.get().text(), actor);
        recent.called(vo.get());
        return own;
    }

    /**
     * Counts a request from this address to a route that everybody may call.
     *
     * @throws TooManyRequests if there is nothing left
     */
    @OpenAccess(INTERNAL)
    public Optional<Allowance> count(Budget budget, String address) {
        return take(budget, current().limit(budget), RequestOrigin.network(address), AuditActor.UNKNOWN);
    }

    /**
     * Counts a request of this registered client of the VO, which has proved who it is: nobody else can use its budget up.
     *
     * @throws TooManyRequests if there is nothing left
     */
    @OpenAccess(INTERNAL)
    public void countClient(VoName vo, String client) {
        take(Budget.TOKENS_OF_CLIENT, vo, vo + " " + client, AuditActor.somebodyOf(vo));
    }

    /**
     * Counts a request for tokens of this user of the VO, for which a good token was shown.
     *
     * @throws TooManyRequests if there is nothing left
     */
    @OpenAccess(INTERNAL)
    public void countTokens(VoName vo, String subject) {
        take(Budget.TOKENS_OF_USER, vo, vo + " " + subject, AuditActor.user(vo, subject, "", ""));
    }

    private Optional<Allowance> take(Budget budget, VoName vo, String key, AuditActor actor) {
        return take(budget, current().limit(budget, vo), key, actor);
    }

    private Optional<Allowance> take(Budget budget, Limit limit, String key, AuditActor actor) {
        if (limit.isNone()) {
            return Optional.empty();
        }
        Buckets.Taken taken = buckets.take(new Key(budget, key), limit, clock.instant());
        Allowance allowance = new Allowance(
                budget,
                Math.max(1, limit.burst()),
                limit.window(),
                taken.left(),
                Duration.ofNanos(taken.untilFull()).plusMillis(999).toSeconds());
        if (!taken.allowed()) {
            audit.refused(AuditedAct.refused(AuditAct.RATE_LIMIT, actor, "budget:" + budget.wireName(), ""));
            throw new TooManyRequests(
                    allowance, Duration.ofNanos(taken.delay()).plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
        }
        return Optional.of(allowance);
    }

    private static Optional<VoName> vo(Caller caller) {
        if (caller instanceof Caller.User user) {
            return Optional.of(user.vo());
        }
        if (caller instanceof Caller.Pilot pilot) {
            return Optional.of(pilot.vo());
        }
        return caller instanceof Caller.Job job ? Optional.of(job.vo()) : Optional.empty();
    }

    private Reading current() {
        return readings.of(configuration.current());
    }

    private record Key(Budget budget, String name) {}

    /** The limits of one snapshot that were asked for. */
    private record Reading(Configuration of, Map<Key, Limit> limits) {

        Limit limit(Budget budget) {
            return limits.computeIfAbsent(new Key(budget, ""), key -> read(() -> new LimitSettings(of).of(budget)));
        }

        Limit limit(Budget budget, VoName vo) {
            return limits.computeIfAbsent(
                    new Key(budget, vo.text()), key -> read(() -> new LimitSettings(of).of(budget, vo)));
        }

        /** A slip in a setting must not lock everybody out. */
        private static Limit read(Supplier<Limit> limit) {
            try {
                return limit.get();
            } catch (InvalidOption wrong) {
                LOG.limitLeftOut(wrong.detail());
                return Limit.NONE;
            }
        }
    }
}
