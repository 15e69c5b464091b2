/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diracee.kernel.jdl.JdlBoolean;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;

/**
 * What the attributes of a job together demand of a resource.
 *
 * @see "WMS reference 4.3, 9 and 10.1"
 */
final class DemandRules {

    /** The site column of a job that may run at several sites. */
    private static final String MULTIPLE = "Multiple";

    private static final String USER_JOB = "User";
    private static final String MULTI_PROCESSOR = "MultiProcessor";
    private static final String WHOLE_NODE = "WholeNode";

    private final DescriptionLimits limits;
    private final Map<String, JdlRecord> made = new HashMap<>();

    DemandRules(DescriptionLimits limits) {
        this.limits = limits;
    }

    /** Derives the demands from values that are each allowed; reports those that do not fit together. */
    JobDemands derive(Map<JobAttribute, JdlValue> values, Problems problems) {
        Set<String> tags = texts(values, JobAttribute.TAGS);
        processorTags(values, tags, problems);
        if (values.get(JobAttribute.WHOLE_NODE) instanceof JdlBoolean whole && whole.value()) {
            tags.addAll(List.of(WHOLE_NODE, MULTI_PROCESSOR));
        }
        // a resource of n GB carries the tags 2GB to nGB, so one of 1 GB demands nothing
        integer(values, JobAttribute.MAX_RAM).filter(ram -> ram > 1).ifPresent(ram -> tags.add(ram + "GB"));

        Set<String> banned = texts(values, JobAttribute.BANNED_SITES);
        Set<String> named = texts(values, JobAttribute.SITE);
        Set<String> sites = sites(named, banned, problems);
        String jobType = text(values, JobAttribute.JOB_TYPE).orElse(USER_JOB);
        long cpuTime =
                integer(values, JobAttribute.CPU_TIME).orElse(limits.cpuTime().standard());
        JdlRecord requirements = requirements(
                limits.resources().segment(cpuTime),
                jobType,
                List.of(
                        sites,
                        sites.isEmpty() ? banned : Set.of(),
                        texts(values, JobAttribute.GRID_CE),
                        platforms(values),
                        tags));
        long priority =
                integer(values, JobAttribute.PRIORITY).orElse(limits.priority().standard());
        return new JobDemands(jobType, (int) priority, siteColumn(named, sites), requirements);
    }

    /** Makes the record of requirements, or finds the one made before: many jobs demand the same. */
    private JdlRecord requirements(long cpuTime, String jobType, List<Collection<String>> demands) {
        // a text as key stays quick whatever the values hash to; none of them can hold a control character
        StringBuilder key = new StringBuilder().append(cpuTime).append('\u0001').append(jobType);
        for (Collection<String> demand : demands) {
            key.append('\u0002');
            demand.forEach(text -> key.append(text).append('\u0001'));
        }
        return made.computeIfAbsent(key.toString(), absent -> JdlRecord.builder()
                .put("CPUTime", cpuTime)
                .put("Sites", demands.get(0))
                .put("BannedSites", demands.get(1))
                .put("GridCEs", demands.get(2))
                .put("Platforms", demands.get(3))
                .put("JobTypes", List.of(jobType))
                .put("Tags", demands.get(4))
                .build());
    }

    private static Set<String> sites(Set<String> named, Set<String> banned, Problems problems) {
        Set<String> sites = new TreeSet<>();
        named.stream()
                .filter(site -> !AttributeRules.isAny(site) && !site.startsWith(AttributeRules.SITE_GROUP))
                .forEach(sites::add);
        if (sites.isEmpty() && named.stream().anyMatch(site -> site.startsWith(AttributeRules.SITE_GROUP))) {
            problems.add(
                    JobAttribute.SITE.wireName(),
                    "a group of sites stands alone; allowed is a group's name together with the sites it stands for");
        }
        if (!sites.isEmpty() && named.stream().anyMatch(AttributeRules::isAny)) {
            problems.add(
                    JobAttribute.SITE.wireName(),
                    AttributeRules.ANY + " stands together with " + String.join(", ", sites) + "; allowed is "
                            + AttributeRules.ANY + " alone, or sites");
        }
        boolean some = !sites.isEmpty();
        sites.removeAll(banned);
        if (some && sites.isEmpty()) {
            problems.add(
                    JobAttribute.SITE.wireName(),
                    "all sites named are banned by BannedSites; at least one must be left");
        }
        return sites;
    }

    private static String siteColumn(Set<String> named, Set<String> sites) {
        if (sites.isEmpty()) {
            return AttributeRules.ANY;
        }
        Optional<String> group = named.stream()
                .filter(site -> site.startsWith(AttributeRules.SITE_GROUP))
                .findFirst();
        return group.orElseGet(() -> sites.size() == 1 ? sites.iterator().next() : MULTIPLE);
    }

    private Collection<String> platforms(Map<JobAttribute, JdlValue> values) {
        return text(values, JobAttribute.PLATFORM)
                .filter(platform -> !AttributeRules.isAny(platform))
                .map(platform -> limits.resources().platforms().getOrDefault(platform, Set.of(platform)))
                .map(runners -> new TreeSet<>(runners))
                .orElseGet(TreeSet::new);
    }

    private void processorTags(Map<JobAttribute, JdlValue> values, Set<String> tags, Problems problems) {
        Optional<Long> exact = integer(values, JobAttribute.NUMBER_OF_PROCESSORS);
        Optional<Long> least = integer(values, JobAttribute.MIN_NUMBER_OF_PROCESSORS);
        Optional<Long> most = integer(values, JobAttribute.MAX_NUMBER_OF_PROCESSORS);
        long min = least.or(() -> exact).orElse(limits.processors().min());
        long max = most.or(() -> exact).orElse(min);
        if (exact.isPresent() && (min != exact.get() || max != exact.get())) {
            problems.add(
                    JobAttribute.NUMBER_OF_PROCESSORS.wireName(),
                    "'" + exact.get() + "' contradicts the range from " + min + " to " + max
                            + "; allowed is the exact number or a range");
        } else if (max < min) {
            problems.add(
                    JobAttribute.MAX_NUMBER_OF_PROCESSORS.wireName(),
                    "'" + max + "' is below MinNumberOfProcessors '" + min + "'; allowed is that or more");
        }
        if (min > 1) {
            // also for a range: a resource with fewer processors than the least could not run the job
            tags.add(min + "Processors");
        }
        if (min > 1 || max > min) {
            tags.add(MULTI_PROCESSOR);
        }
    }

    private static Set<String> texts(Map<JobAttribute, JdlValue> values, JobAttribute attribute) {
        Set<String> texts = new TreeSet<>();
        if (values.get(attribute) instanceof JdlList list) {
            list.items().forEach(item -> texts.add(((JdlText) item).value()));
        }
        return texts;
    }

    private static Optional<String> text(Map<JobAttribute, JdlValue> values, JobAttribute attribute) {
        return values.get(attribute) instanceof JdlText text ? Optional.of(text.value()) : Optional.empty();
    }

    private static Optional<Long> integer(Map<JobAttribute, JdlValue> values, JobAttribute attribute) {
        return values.get(attribute) instanceof JdlInteger integer ? Optional.of(integer.value()) : Optional.empty();
    }
}
