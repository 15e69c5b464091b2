/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** How much the configuration lets a VO, its groups and its users submit and run; what is not given is not limited. */
public final class SubmissionLimitSettings {

    private static final String SECTION = "Operations/{vo}/JobLimits/";
    private static final String WAITING = "MaxWaitingJobs";
    private static final String RUNNING = "MaxRunningJobs";
    private static final String RATE = "SubmissionsPerMinute";
    private static final String DEFAULTS = "Defaults";

    private static final Family MAX_WAITING =
            new Family(WAITING, "Jobs that may wait for a pilot at a time; more are not taken.");
    private static final Family MAX_RUNNING = new Family(
            RUNNING,
            "Jobs that pilots may have at a time: Matched, Running, Stalled or Completing; more stay waiting.");
    private static final Family PER_MINUTE =
            new Family(RATE, "Descriptions that may be submitted within a minute, each one job or a sweep.");

    private final Configuration configuration;

    public SubmissionLimitSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** What is limited. */
    public enum Kind {
        MAX_WAITING_JOBS(WAITING),
        MAX_RUNNING_JOBS(RUNNING),
        SUBMISSIONS_PER_MINUTE(RATE);

        private final String option;

        Kind(String option) {
            this.option = option;
        }

        /** The name of the option. */
        public String option() {
            return option;
        }
    }

    /** The limit of the VO as a whole. */
    public Optional<Limit> ofVo(Kind kind, VoName vo) {
        return limit(kind, family(kind).vo, vo);
    }

    /** The limit of all of a group together. */
    public Optional<Limit> ofGroup(Kind kind, VoName vo, GroupName group) {
        return limit(kind, family(kind).group, vo, group.text());
    }

    /** The limit of one user: his own, else the one for every user. */
    public Optional<Limit> ofUser(Kind kind, VoName vo, UserName user) {
        return limit(kind, family(kind).user, vo, user.text()).or(() -> ofEveryUser(kind, vo));
    }

    /** The limit of every user that has no limit of his own. */
    public Optional<Limit> ofEveryUser(Kind kind, VoName vo) {
        return limit(kind, family(kind).everyUser, vo);
    }

    /** The groups that have a limit. */
    public Map<String, Limit> ofGroups(Kind kind, VoName vo) {
        return limits(kind, family(kind).group, "Groups", vo);
    }

    /** The users that have a limit of their own. */
    public Map<String, Limit> ofUsers(Kind kind, VoName vo) {
        return limits(kind, family(kind).user, "Users", vo);
    }

    private Map<String, Limit> limits(Kind kind, DeclaredOption<Long> option, String section, VoName vo) {
        Map<String, Limit> limits = new HashMap<>();
        for (String operations : List.of(vo.text(), DEFAULTS)) {
            for (String name : configuration.names("Operations/" + operations + "/JobLimits/" + section)) {
                limit(kind, option, vo, name).ifPresent(limit -> limits.put(name, limit));
            }
        }
        return limits;
    }

    private Optional<Limit> limit(Kind kind, DeclaredOption<Long> option, VoName vo, String... more) {
        for (String section : List.of(vo.text(), DEFAULTS)) {
            List<String> names = new ArrayList<>(List.of(section));
            names.addAll(List.of(more));
            Optional<Long> allowed = option.find(configuration, names.toArray(String[]::new));
            if (allowed.isPresent()) {
                return Optional.of(new Limit(kind, allowed.get(), option.path().at(names.toArray(String[]::new))));
            }
        }
        return Optional.empty();
    }

    private static Family family(Kind kind) {
        return switch (kind) {
            case MAX_WAITING_JOBS -> MAX_WAITING;
            case MAX_RUNNING_JOBS -> MAX_RUNNING;
            case SUBMISSIONS_PER_MINUTE -> PER_MINUTE;
        };
    }

    /**
     * A limit in force.
     *
     * @param option where it is written
     */
    public record Limit(Kind kind, long allowed, String option) {}

    /** The same limit for the VO, a group, every user and one user. */
    private static final class Family {

        private final DeclaredOption<Long> vo;
        private final DeclaredOption<Long> group;
        private final DeclaredOption<Long> everyUser;
        private final DeclaredOption<Long> user;

        Family(String name, String meaning) {
            vo = option(name, meaning + " Of the whole VO; not limited unless given.");
            group = option("Groups/{group}/" + name, meaning + " Of all in the group together.");
            everyUser = option("PerUser/" + name, meaning + " Of each user.");
            user = option("Users/{user}/" + name, meaning + " Of this user, in place of that of each user.");
        }

        List<DeclaredOption<?>> all() {
            return List.of(vo, group, everyUser, user);
        }

        private static DeclaredOption<Long> option(String path, String meaning) {
            return DeclaredOption.of(SECTION + path, OptionType.wholeNumber(0), meaning, "DIRAC EE");
        }
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            List<DeclaredOption<?>> options = new ArrayList<>(MAX_WAITING.all());
            options.addAll(MAX_RUNNING.all());
            options.addAll(PER_MINUTE.all());
            return options;
        }
    }
}
