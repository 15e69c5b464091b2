/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * What a resource offers, in the terms in which queues ask.
 *
 * @param site absent: not checked
 * @param accepted of each field that is checked the values of which a queue must list one, unless it lists none
 * @param anyTag whether tags are not checked
 * @param tags all of them, with those that follow from memory and processors
 * @param refused values that no queue may list, by field
 * @see "WMS reference 10.4 and 10.6"
 */
public record ResourceOffer(
        long cpuTime,
        Optional<String> site,
        Map<QueueField, Set<String>> accepted,
        boolean anyTag,
        Set<String> tags,
        Set<String> requiredTags,
        Map<QueueField, Set<String>> refused) {

    private static final String ANY = "any";
    private static final int MOST_PUNCTUATED = 16;
    private static final int MEGABYTES_PER_GIGABYTE = 1000;
    private static final int MOST_STEPS = 1024;
    private static final String MULTI_PROCESSOR = "MultiProcessor";
    private static final String WHOLE_NODE = "WholeNode";

    /** @throws InvalidRequest if a required tag is not among the tags */
    public static ResourceOffer of(ResourceDescription resource) {
        Set<String> tags = tags(resource);
        boolean anyTag = resource.tags().stream().anyMatch(ResourceOffer::isAny);
        if (!anyTag && !tags.containsAll(resource.requiredTags())) {
            throw new InvalidRequest("Wrong conditions: RequiredTags has "
                    + resource.requiredTags().stream()
                            .filter(tag -> !tags.contains(tag))
                            .collect(Collectors.joining(", "))
                    + "; only tags of the resource can be required");
        }
        Map<QueueField, Set<String>> accepted = new EnumMap<>(QueueField.class);
        String site = resource.site().text();
        check(accepted, QueueField.SITE, List.of(site));
        resource.gridCe().ifPresent(ce -> check(accepted, QueueField.GRID_CE, List.of(ce)));
        resource.platform().ifPresent(platform -> check(accepted, QueueField.PLATFORM, List.of(platform)));
        check(accepted, QueueField.JOB_TYPE, resource.jobTypes());
        check(
                accepted,
                QueueField.OWNER,
                resource.wanted().owner().map(UserName::text).stream().toList());
        check(
                accepted,
                QueueField.OWNER_GROUP,
                resource.wanted().ownerGroups().stream().map(GroupName::text).toList());
        Map<QueueField, Set<String>> refused = new EnumMap<>(QueueField.class);
        resource.wanted().refused().forEach((field, values) -> refused.put(field, Set.copyOf(values)));
        return new ResourceOffer(
                resource.cpuTime(),
                isAny(site) ? Optional.empty() : Optional.of(site),
                accepted,
                anyTag,
                tags,
                Set.copyOf(resource.requiredTags()),
                refused);
    }

    /** The same offer of a resource that refuses these values as well. */
    public ResourceOffer refusing(QueueField field, Collection<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        Map<QueueField, Set<String>> more = new EnumMap<>(QueueField.class);
        more.putAll(refused);
        more.merge(field, Set.copyOf(values), (one, other) -> {
            Set<String> both = new HashSet<>(one);
            both.addAll(other);
            return both;
        });
        return new ResourceOffer(cpuTime, site, accepted, anyTag, tags, requiredTags, more);
    }

    private static Set<String> tags(ResourceDescription resource) {
        Set<String> tags = new TreeSet<>(resource.tags());
        int gigabytes = Math.min(resource.maxRam() / MEGABYTES_PER_GIGABYTE, MOST_STEPS);
        for (int gigabyte = 1; gigabyte <= gigabytes; gigabyte++) {
            tags.add(gigabyte + "GB");
        }
        for (int processor = 2; processor <= Math.min(resource.processors(), MOST_STEPS); processor++) {
            tags.add(processor + "Processors");
            tags.add(MULTI_PROCESSOR);
        }
        if (resource.wholeNode()) {
            tags.add(WHOLE_NODE);
            // the whole node has processors, few as they may be; jobs that ask for it ask for this as well
            tags.add(MULTI_PROCESSOR);
        }
        return tags;
    }

    private static void check(Map<QueueField, Set<String>> accepted, QueueField field, Collection<String> values) {
        if (!values.isEmpty() && values.stream().noneMatch(ResourceOffer::isAny)) {
            accepted.put(field, Set.copyOf(values));
        }
    }

    /** Whether it is the word that disables a check, in whatever case and punctuation. */
    private static boolean isAny(String value) {
        if (value.length() > MOST_PUNCTUATED) {
            return false;
        }
        StringBuilder letters = new StringBuilder(ANY.length());
        value.chars().filter(Character::isLetterOrDigit).forEach(letter -> letters.append((char) letter));
        return ANY.equals(letters.toString().toLowerCase(Locale.ROOT));
    }
}
