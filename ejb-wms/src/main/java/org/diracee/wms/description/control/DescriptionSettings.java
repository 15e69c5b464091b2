/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.resources.boundary.ResourceOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.VoName;

/**
 * Reads from the configuration what a VO allows in job descriptions: {@code Operations/<vo>/JobDescription} over the section of
 * {@code Defaults}, and the resources that exist.
 */
public final class DescriptionSettings {

    private static final String COMPATIBILITY = "Resources/Computing/OSCompatibility";

    private static final Range CPU_TIME = Range.of("CPUTime", "s", "CPU time", "100", "500000", "86400");
    private static final Range PRIORITY = Range.of("Priority", "", "priority", "0", "10", "1");
    private static final Range PROCESSORS =
            Range.of("NumberOfProcessors", "", "number of processors", "1", "1024", "1");

    private static final DeclaredOption<List<String>> JOB_TYPES = DeclaredOption.of(
            "Operations/{vo}/JobDescription/AllowedJobTypes",
            OptionType.texts(),
            "User, Test, Hospital",
            "The types that a job may have, besides those of transformations.",
            "WMS reference 4.3");
    private static final DeclaredOption<List<String>> PROCESSING_TYPES = DeclaredOption.of(
            "Operations/{vo}/Transformations/DataProcessing",
            OptionType.texts(),
            "MCSimulation, Merge",
            "The types of transformations that process data; jobs may have them.",
            "WMS reference 4.3");
    private static final DeclaredOption<List<String>> MANIPULATION_TYPES = DeclaredOption.of(
            "Operations/{vo}/Transformations/DataManipulation",
            OptionType.texts(),
            "Replication, Removal",
            "The types of transformations that move or remove data; jobs may have them.",
            "WMS reference 4.3");
    private static final DeclaredOption<Integer> MAX_INPUT_DATA = DeclaredOption.of(
            "Operations/{vo}/JobDescription/MaxInputData",
            OptionType.smallNumber(0),
            "500",
            "The most files that a job of type User may name as input data.",
            "WMS reference 4.3");
    private static final DeclaredOption<Integer> MAX_JOBS = DeclaredOption.of(
            "Operations/{vo}/JobDescription/MaxParametricJobs",
            // bounded for all, since administrators of a VO may set it
            OptionType.wholeNumber(1, 1_000_000).as(Math::toIntExact),
            "100000",
            "The most jobs that one request may submit.",
            "WMS reference 4.4");
    private static final DeclaredOption<List<String>> JOB_PATH = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/JobPath/{type}",
            OptionType.listOf(OptionType.choice(JobPaths.OPTIMIZERS.toArray(String[]::new))),
            "The optimizers that jobs of this type go through unless they say so themselves; with InputData, the replicas of their"
                    + " input data decide where they run.",
            "WMS reference 9");
    private static final DeclaredOption<List<Long>> SEGMENTS = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/taskQueueCPUTimeIntervals",
            OptionType.listOf(OptionType.wholeNumber(1, Integer.MAX_VALUE)).in("s"),
            "360, 1800, 3600, 21600, 43200, 86400, 172800, 259200, 345600, 518400, 691200, 864000, 1080000",
            "The CPU times of task queues; a job's is rounded up to one of them.",
            "WMS reference 10.1");

    /** Sites and platforms are many, and each submission asks. */
    private static final PerRevision<Map<VoName, DescriptionLimits>> LIMITS =
            new PerRevision<>(snapshot -> new ConcurrentHashMap<>());

    private final Configuration configuration;

    public DescriptionSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Returns what descriptions of this VO may say.
     *
     * @throws InvalidOption if an option has no meaning, or a least value is above the largest
     */
    public DescriptionLimits limits(VoName vo) {
        return LIMITS.of(configuration).computeIfAbsent(vo, this::read);
    }

    private DescriptionLimits read(VoName vo) {
        Set<String> jobTypes = new TreeSet<>(listed(JOB_TYPES, vo));
        jobTypes.addAll(listed(PROCESSING_TYPES, vo));
        jobTypes.addAll(listed(MANIPULATION_TYPES, vo));
        List<Site> sites = new Resources(configuration).sites();
        return new DescriptionLimits(
                CPU_TIME.bounds(configuration, vo),
                PRIORITY.bounds(configuration, vo),
                PROCESSORS.bounds(configuration, vo),
                jobTypes,
                MAX_INPUT_DATA.read(configuration, vo),
                maxJobs(vo),
                new KnownResources(
                        sites.stream().map(site -> site.name().text()).collect(Collectors.toSet()),
                        platforms(sites),
                        listed(SEGMENTS, vo)),
                new JobPaths(paths(jobTypes, vo), Set.copyOf(listed(PROCESSING_TYPES, vo))));
    }

    private Map<String, List<String>> paths(Set<String> jobTypes, VoName vo) {
        Map<String, List<String>> paths = new TreeMap<>();
        for (String type : jobTypes) {
            JOB_PATH.find(configuration, vo.text(), type)
                    .or(() -> JOB_PATH.find(configuration, "Defaults", type))
                    .filter(path -> !path.isEmpty())
                    .ifPresent(path -> paths.put(type, path));
        }
        return paths;
    }

    /** Returns how many jobs one request of this VO may submit. */
    public int maxJobs(VoName vo) {
        return MAX_JOBS.read(configuration, vo);
    }

    private <T> List<T> listed(DeclaredOption<List<T>> option, VoName vo) {
        return option.find(configuration, vo)
                .filter(items -> !items.isEmpty())
                .or(option::standardValue)
                .orElse(List.of());
    }

    /** Finds the platforms that the table of compatibility or a site names, each with those that can run it. */
    private Map<String, Set<String>> platforms(List<Site> sites) {
        Map<String, Set<String>> runners = new TreeMap<>();
        for (String platform : configuration.names(COMPATIBILITY)) {
            Set<String> compatible = new HashSet<>(ResourceOptions.OS_COMPATIBILITY.read(configuration, platform));
            compatible.add(platform);
            runners.put(platform, compatible);
        }
        sites.forEach(site -> ResourceOptions.PLATFORM
                .findIn(configuration, List.of(site.path()))
                .ifPresent(platform -> runners.putIfAbsent(platform, Set.of(platform))));
        return runners;
    }

    /** The options that bound a number of a description. */
    private record Range(DeclaredOption<Long> min, DeclaredOption<Long> max, DeclaredOption<Long> standard) {

        static Range of(String name, String unit, String words, String min, String max, String standard) {
            return new Range(
                    option("Min" + name, unit, min, "The least " + words + " that a job may ask for."),
                    option("Max" + name, unit, max, "The largest " + words + " that a job may ask for."),
                    option("Default" + name, unit, standard, "The " + words + " of a job that asks for none."));
        }

        DescriptionLimits.Bounds bounds(Configuration configuration, VoName vo) {
            long least = min.read(configuration, vo);
            long most = max.read(configuration, vo);
            if (least > most) {
                throw new InvalidOption(
                        min.path().at(vo.text()),
                        Long.toString(least),
                        "at most " + max.path().name() + ", which is " + most);
            }
            long usual = standard.find(configuration, vo)
                    .orElseGet(() -> Math.min(
                            most, Math.max(least, standard.standardValue().orElse(least))));
            return new DescriptionLimits.Bounds(least, most, usual);
        }

        private static DeclaredOption<Long> option(String name, String unit, String standard, String meaning) {
            return DeclaredOption.of(
                    "Operations/{vo}/JobDescription/" + name,
                    OptionType.wholeNumber(0, Integer.MAX_VALUE).in(unit),
                    standard,
                    meaning,
                    "WMS reference 4.3");
        }
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return Stream.<DeclaredOption<?>>concat(
                            Stream.of(CPU_TIME, PRIORITY, PROCESSORS)
                                    .flatMap(range -> Stream.of(range.min(), range.max(), range.standard())),
                            Stream.of(
                                    JOB_TYPES,
                                    PROCESSING_TYPES,
                                    MANIPULATION_TYPES,
                                    MAX_INPUT_DATA,
                                    MAX_JOBS,
                                    JOB_PATH,
                                    SEGMENTS))
                    .toList();
        }
    }
}
