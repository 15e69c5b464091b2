/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.VoName;

/**
 * Reads from the configuration what a VO allows in job descriptions: {@code Operations/<vo>/JobDescription} over the section of
 * {@code Defaults}, and the resources that exist.
 */
public final class DescriptionSettings {

    private static final String SECTION = "JobDescription/";
    private static final String SITES = "Resources/Sites";
    private static final String COMPATIBILITY = "Resources/Computing/OSCompatibility";
    private static final List<String> JOB_TYPES = List.of("User", "Test", "Hospital");
    private static final List<String> PROCESSING_TYPES = List.of("MCSimulation", "Merge");
    private static final List<String> MANIPULATION_TYPES = List.of("Replication", "Removal");
    private static final List<Long> CPU_TIME_SEGMENTS = List.of(
            360L,
            1800L,
            3600L,
            21_600L,
            43_200L,
            86_400L,
            172_800L,
            259_200L,
            345_600L,
            518_400L,
            691_200L,
            864_000L,
            1_080_000L);

    private final Configuration configuration;

    public DescriptionSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Returns what descriptions of this VO may say. */
    public DescriptionLimits limits(VoName vo) {
        Set<String> jobTypes = new TreeSet<>(texts(vo, SECTION + "AllowedJobTypes", JOB_TYPES));
        jobTypes.addAll(texts(vo, "Transformations/DataProcessing", PROCESSING_TYPES));
        jobTypes.addAll(texts(vo, "Transformations/DataManipulation", MANIPULATION_TYPES));
        return new DescriptionLimits(
                bounds(vo, "CPUTime", 100, 500_000, 86_400),
                bounds(vo, "Priority", 0, 10, 1),
                bounds(vo, "NumberOfProcessors", 1, 1024, 1),
                jobTypes,
                (int) number(vo, SECTION + "MaxInputData", 500, 0),
                maxJobs(vo),
                new KnownResources(sites().keySet(), platforms(), segments(vo)));
    }

    /** Returns how many jobs one request of this VO may submit. */
    public int maxJobs(VoName vo) {
        return (int) number(vo, SECTION + "MaxParametricJobs", 100_000, 1);
    }

    private DescriptionLimits.Bounds bounds(VoName vo, String name, long min, long max, long standard) {
        long least = number(vo, SECTION + "Min" + name, min, 0);
        long most = number(vo, SECTION + "Max" + name, max, 0);
        if (least > most) {
            throw misconfigured(
                    SECTION + "Min" + name, Long.toString(least), "at most Max" + name + ", which is " + most);
        }
        long fallback = Math.min(most, Math.max(least, standard));
        return new DescriptionLimits.Bounds(least, most, number(vo, SECTION + "Default" + name, fallback, 0));
    }

    private List<Long> segments(VoName vo) {
        String path = "JobScheduling/taskQueueCPUTimeIntervals";
        List<Long> segments = new ArrayList<>();
        for (String segment : configuration.operations(vo, path)) {
            segments.add(parsed(path, segment, 1));
        }
        return segments.isEmpty() ? CPU_TIME_SEGMENTS : segments;
    }

    /** Finds the sites with the path of each; sites may stand in a section per kind of grid, whose name has no dot. */
    private Map<String, String> sites() {
        Map<String, String> sites = new TreeMap<>();
        for (String name : configuration.names(SITES)) {
            String path = SITES + "/" + name;
            if (name.indexOf('.') >= 0) {
                sites.put(name, path);
            } else {
                configuration.names(path).stream()
                        .filter(site -> site.indexOf('.') >= 0)
                        .forEach(site -> sites.put(site, path + "/" + site));
            }
        }
        return sites;
    }

    /** Finds the platforms that the table of compatibility or a site names, each with those that can run it. */
    private Map<String, Set<String>> platforms() {
        Map<String, Set<String>> runners = new TreeMap<>();
        for (String platform : configuration.names(COMPATIBILITY)) {
            Set<String> compatible = new HashSet<>(configuration.list(COMPATIBILITY + "/" + platform));
            compatible.add(platform);
            runners.put(platform, compatible);
        }
        sites().values().forEach(path -> configuration
                .option(path + "/Platform")
                .ifPresent(platform -> runners.putIfAbsent(platform, Set.of(platform))));
        return runners;
    }

    private List<String> texts(VoName vo, String path, List<String> standard) {
        List<String> texts = configuration.operations(vo, path);
        return texts.isEmpty() ? standard : texts;
    }

    private long number(VoName vo, String path, long standard, long least) {
        return configuration
                .operation(vo, path)
                .map(text -> parsed(path, text, least))
                .orElse(standard);
    }

    private static long parsed(String path, String text, long least) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw misconfigured(path, text, "a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    private static InvalidConfiguration misconfigured(String path, String text, String allowed) {
        return new InvalidConfiguration("The configuration option Operations/*/" + path + " is " + Problems.shown(text)
                + "; it must be " + allowed);
    }
}
