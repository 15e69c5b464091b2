/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.control.SubmissionLimitSettings;
import org.diracee.wms.job.control.SubmissionLimitSettings.Kind;
import org.diracee.wms.job.control.SubmissionLimitSettings.Limit;

/**
 * How many jobs pilots may have at a time of a VO, its groups and its users; who is not named is not limited.
 *
 * @param groups by their names
 * @param users by their names
 * @param everyUser of those who have none of their own
 */
public record RunningQuotas(
        Optional<Quota> vo, Map<String, Quota> groups, Optional<Quota> everyUser, Map<String, Quota> users) {

    public RunningQuotas {
        groups = Map.copyOf(groups);
        users = Map.copyOf(users);
    }

    /**
     * So many jobs.
     *
     * @param option where it is written
     */
    public record Quota(int most, String option) {

        private static Quota of(Limit limit) {
            return new Quota((int) Math.min(limit.allowed(), Integer.MAX_VALUE), limit.option());
        }
    }

    /** What the configuration says for the VO. */
    public static RunningQuotas of(Configuration configuration, VoName vo) {
        SubmissionLimitSettings settings = new SubmissionLimitSettings(configuration);
        Kind kind = Kind.MAX_RUNNING_JOBS;
        return new RunningQuotas(
                settings.ofVo(kind, vo).map(Quota::of),
                named(settings.ofGroups(kind, vo)),
                settings.ofEveryUser(kind, vo).map(Quota::of),
                named(settings.ofUsers(kind, vo)));
    }

    private static Map<String, Quota> named(Map<String, Limit> limits) {
        return limits.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, limit -> Quota.of(limit.getValue())));
    }

    /** Whether nobody is limited. */
    public boolean isEmpty() {
        return vo.isEmpty() && groups.isEmpty() && everyUser.isEmpty() && users.isEmpty();
    }

    public Optional<Quota> of(GroupName group) {
        return Optional.ofNullable(groups.get(group.text()));
    }

    public Optional<Quota> of(UserName user) {
        return Optional.ofNullable(users.get(user.text())).or(() -> everyUser);
    }
}
