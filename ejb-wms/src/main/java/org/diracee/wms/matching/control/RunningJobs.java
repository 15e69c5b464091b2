/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.RunningQuotas;
import org.diracee.wms.job.boundary.RunningQuotas.Quota;
import org.diracee.wms.matching.boundary.QuotaUse;
import org.diracee.wms.matching.entity.LimitRepository;
import org.diracee.wms.matching.entity.LimitRepository.Held;
import org.diracee.wms.taskqueue.boundary.OpenQueue;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * How many more jobs a VO, its groups and its users may have with pilots. Like what runs at a site they are counted every ten seconds,
 * if anybody is limited, and a node deducts what it hands out itself in between.
 */
@ApplicationScoped
public class RunningJobs {

    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final Map<VoName, Left> counted = new ConcurrentHashMap<>();
    private LimitRepository repository;
    private Clock clock;

    protected RunningJobs() {} // for the container's proxy

    @Inject
    public RunningJobs(LimitRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** What is left to those of the VO. */
    public Left left(Configuration configuration, VoName vo) {
        Instant now = clock.instant();
        Left known = counted.get(vo);
        if (known != null
                && known.configuration == configuration
                && known.at.plus(GOOD_FOR).isAfter(now)) {
            return known;
        }
        // one thread counts for all that come meanwhile: each would else hand out from a count of its own
        return counted.compute(vo, (name, last) -> {
            if (last != null && last != known) {
                return last;
            }
            RunningQuotas quotas = RunningQuotas.of(configuration, vo);
            return new Left(now, configuration, quotas, quotas.isEmpty() ? List.of() : repository.held(vo));
        });
    }

    /** What is left until the jobs are counted anew. */
    public static final class Left {

        private final Instant at;
        private final Configuration configuration;
        private final RunningQuotas quotas;
        private final Optional<Allowance> ofVo;
        private final Map<GroupName, Allowance> ofGroups = new ConcurrentHashMap<>();
        private final Map<UserName, Allowance> ofUsers = new ConcurrentHashMap<>();

        private Left(Instant at, Configuration configuration, RunningQuotas quotas, List<Held> held) {
            this.at = at;
            this.configuration = configuration;
            this.quotas = quotas;
            Map<GroupName, Integer> groups = new HashMap<>();
            Map<UserName, Integer> users = new HashMap<>();
            int all = 0;
            for (Held some : held) {
                groups.merge(some.group(), some.jobs(), Integer::sum);
                users.merge(some.owner(), some.jobs(), Integer::sum);
                all += some.jobs();
            }
            int jobs = all;
            ofVo = quotas.vo().map(quota -> Allowance.ofAll(left(quota, jobs)));
            groups.forEach(this::group);
            users.forEach(this::user);
        }

        private static AtomicInteger left(Quota quota, int jobs) {
            return new AtomicInteger(quota.most() - jobs);
        }

        private Optional<Allowance> group(GroupName group, int jobs) {
            return quotas.of(group)
                    .map(quota -> ofGroups.computeIfAbsent(
                            group, name -> Allowance.of(QueueField.OWNER_GROUP, name.text(), left(quota, jobs))));
        }

        private Optional<Allowance> user(UserName user, int jobs) {
            return quotas.of(user)
                    .map(quota -> ofUsers.computeIfAbsent(
                            user, name -> Allowance.of(QueueField.OWNER, name.text(), left(quota, jobs))));
        }

        /** The allowances of those who have used theirs up. */
        List<Allowance> exhausted() {
            return Stream.of(ofVo.stream(), ofGroups.values().stream(), ofUsers.values().stream())
                    .flatMap(some -> some)
                    .filter(Allowance::isExhausted)
                    .toList();
        }

        /** The allowances that jobs of the queue need. */
        List<Allowance> of(OpenQueue queue) {
            if (quotas.isEmpty()) {
                return List.of();
            }
            List<Allowance> needed = new ArrayList<>();
            ofVo.ifPresent(needed::add);
            group(queue.definition().ownerGroup(), 0).ifPresent(needed::add);
            user(queue.definition().owner(), 0).ifPresent(needed::add);
            return needed;
        }

        /** How many more jobs each limit leaves to this owner in this group, by whose limit it is. */
        public Map<String, Integer> left(UserName owner, GroupName group) {
            Map<String, Integer> left = new LinkedHashMap<>();
            ofVo.ifPresent(allowance -> left.put("the VO", allowance.left().get()));
            group(group, 0)
                    .ifPresent(allowance ->
                            left.put("the group " + group, allowance.left().get()));
            user(owner, 0)
                    .ifPresent(allowance ->
                            left.put("the user " + owner, allowance.left().get()));
            return left;
        }

        /** How far those who own the jobs of the queue have used what they may. */
        public List<QuotaUse> use(QueueDefinition queue) {
            List<QuotaUse> uses = new ArrayList<>();
            ofVo.ifPresent(allowance -> uses.add(use("the VO " + queue.vo(), quotas.vo(), allowance)));
            group(queue.ownerGroup(), 0)
                    .ifPresent(allowance ->
                            uses.add(use("the group " + queue.ownerGroup(), quotas.of(queue.ownerGroup()), allowance)));
            user(queue.owner(), 0)
                    .ifPresent(allowance ->
                            uses.add(use("the user " + queue.owner(), quotas.of(queue.owner()), allowance)));
            return uses;
        }

        private static QuotaUse use(String whose, Optional<Quota> of, Allowance allowance) {
            Quota quota = of.orElseThrow();
            return new QuotaUse(whose, quota.most() - allowance.left().get(), quota.most(), quota.option());
        }
    }
}
