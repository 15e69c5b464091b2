/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a resource offers, in the terms in which queues ask: absent means not checked.
 *
 * @param tags all of them, with those that follow from memory and processors
 * @see "WMS reference 10.4 and 10.6"
 */
public record ResourceOffer(
        @Nullable String site,
        long cpuTime,
        @Nullable String gridCe,
        @Nullable String platform,
        List<String> jobTypes,
        List<String> tags,
        List<String> requiredTags) {

    private static final String ANY = "any";
    private static final int MEGABYTES_PER_GIGABYTE = 1000;
    private static final int MOST_STEPS = 1024;

    /** @throws InvalidRequest if a required tag is not among the tags */
    public static ResourceOffer of(
            String site,
            long cpuTime,
            Optional<String> gridCe,
            Optional<String> platform,
            Collection<String> jobTypes,
            Collection<String> givenTags,
            Collection<String> requiredTags,
            int processors,
            int maxRam) {
        TreeSet<String> tags = new TreeSet<>(givenTags);
        int gigabytes = Math.min(maxRam / MEGABYTES_PER_GIGABYTE, MOST_STEPS);
        for (int gigabyte = 1; gigabyte <= gigabytes; gigabyte++) {
            tags.add(gigabyte + "GB");
        }
        for (int processor = 2; processor <= Math.min(processors, MOST_STEPS); processor++) {
            tags.add(processor + "Processors");
            tags.add("MultiProcessor");
        }
        if (!tags.containsAll(requiredTags)) {
            throw new InvalidRequest("Wrong conditions: RequiredTags has "
                    + requiredTags.stream().filter(tag -> !tags.contains(tag)).collect(Collectors.joining(", "))
                    + "; only tags of the resource can be required");
        }
        return new ResourceOffer(
                checked(site),
                cpuTime,
                gridCe.map(ResourceOffer::checked).orElse(null),
                platform.map(ResourceOffer::checked).orElse(null),
                List.copyOf(jobTypes),
                List.copyOf(tags),
                List.copyOf(requiredTags));
    }

    private static @Nullable String checked(String value) {
        return value.equalsIgnoreCase(ANY) ? null : value;
    }
}
