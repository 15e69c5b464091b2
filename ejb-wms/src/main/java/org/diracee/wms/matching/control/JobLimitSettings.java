/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * How many jobs may run at a site and how soon after each other they may be handed out, by what they have in common.
 *
 * @see "WMS reference 10.5"
 */
public final class JobLimitSettings {

    /** What jobs have in common and can be limited by: their queues know it, and they are counted by it. */
    public static final List<QueueField> LIMITABLE =
            List.of(QueueField.JOB_TYPE, QueueField.OWNER, QueueField.OWNER_GROUP);

    private static final String SCHEDULING = "Operations/{vo}/JobScheduling/";
    private static final String SOURCE = "WMS reference 10.5";

    private static final DeclaredOption<Boolean> CHECK_JOB_LIMITS = DeclaredOption.of(
            SCHEDULING + "CheckJobLimits", OptionType.yesNo(), "True", "Whether RunningLimit counts.", SOURCE);
    private static final DeclaredOption<Integer> RUNNING_LIMIT = DeclaredOption.of(
            SCHEDULING + "RunningLimit/{site}/{attribute}/{value}",
            OptionType.smallNumber(0),
            "The most jobs Matched, Running or Stalled at the site whose attribute (JobType, Owner or OwnerGroup) has this"
                    + " value; 0: none at all.",
            SOURCE);
    private static final DeclaredOption<Integer> CE_RUNNING_LIMIT = DeclaredOption.of(
            SCHEDULING + "RunningLimit/{site}/CEs/{ce}/{attribute}/{value}",
            OptionType.smallNumber(0),
            "The same at one computing element of the site.",
            SOURCE);
    private static final DeclaredOption<Boolean> CHECK_MATCHING_DELAY = DeclaredOption.of(
            SCHEDULING + "CheckMatchingDelay", OptionType.yesNo(), "True", "Whether MatchingDelay counts.", SOURCE);
    private static final DeclaredOption<Duration> MATCHING_DELAY = DeclaredOption.of(
            SCHEDULING + "MatchingDelay/{site}/{attribute}/{value}",
            OptionType.seconds(0),
            "After the hand-out of a job at the site whose attribute (JobType, Owner or OwnerGroup) has this value, no other"
                    + " is handed out there for so long.",
            SOURCE);

    private final Configuration configuration;

    public JobLimitSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * A number of jobs with a value that may be at a site.
     *
     * @param ce the computing element that is meant; absent: the site
     */
    public record RunningLimit(QueueField field, String value, int most, Optional<String> ce) {}

    /** How long after a job with a value the next one may be handed out at a site. */
    public record MatchingDelay(QueueField field, String value, Duration delay) {}

    /** What limits the jobs of the VO at the site and, if it is known, the computing element. */
    public List<RunningLimit> runningLimits(VoName vo, SiteName site, Optional<String> ce) {
        if (!CHECK_JOB_LIMITS.read(configuration, vo)) {
            return List.of();
        }
        List<RunningLimit> limits = new ArrayList<>();
        values(vo, "RunningLimit/" + site, RUNNING_LIMIT, site.text())
                .forEach((key, most) -> limits.add(new RunningLimit(key.field(), key.value(), most, Optional.empty())));
        ce.ifPresent(name -> values(vo, "RunningLimit/" + site + "/CEs/" + name, CE_RUNNING_LIMIT, site.text(), name)
                .forEach((key, most) -> limits.add(new RunningLimit(key.field(), key.value(), most, ce))));
        return limits;
    }

    /** What holds back the jobs of the VO at the site. */
    public List<MatchingDelay> matchingDelays(VoName vo, SiteName site) {
        if (!CHECK_MATCHING_DELAY.read(configuration, vo)) {
            return List.of();
        }
        List<MatchingDelay> delays = new ArrayList<>();
        values(vo, "MatchingDelay/" + site, MATCHING_DELAY, site.text()).forEach((key, delay) -> {
            if (!delay.isZero()) {
                delays.add(new MatchingDelay(key.field(), key.value(), delay));
            }
        });
        return delays;
    }

    private record Key(QueueField field, String value) {}

    /** The options below a section, the VO's over those for all VOs. */
    private <T> Map<Key, T> values(VoName vo, String section, DeclaredOption<T> option, String... names) {
        Map<Key, T> values = new LinkedHashMap<>();
        for (String operations : List.of("Defaults", vo.text())) {
            String path = "Operations/" + operations + "/JobScheduling/" + section;
            for (QueueField field : LIMITABLE) {
                for (String value : configuration.names(path + "/" + field.text())) {
                    List<String> all = new ArrayList<>(List.of(operations));
                    all.addAll(List.of(names));
                    all.addAll(List.of(field.text(), value));
                    option.find(configuration, all.toArray(String[]::new))
                            .ifPresent(read -> values.put(new Key(field, value), read));
                }
            }
        }
        return values;
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(CHECK_JOB_LIMITS, RUNNING_LIMIT, CE_RUNNING_LIMIT, CHECK_MATCHING_DELAY, MATCHING_DELAY);
        }
    }
}
