/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.kernel.value.SiteName;

/**
 * What a pilot has to offer. A site, platform, computing element, job type or tag {@code any} is not checked.
 *
 * @param platform absent: not checked
 * @param cpuTime normalised seconds that are left
 * @param gridCe host name of the computing element; absent: not checked
 * @param tags what the resource can do; those that follow from processors and memory are added
 * @param requiredTags only jobs that ask for all of these, a subset of the tags
 * @param processors for all jobs of one answer together; 0: each job has a slot of its own, with one processor
 * @param maxRam megabytes, for all jobs of one answer together if the processors are; 0: unknown
 * @param wholeNode whether the pilot has its node for itself
 * @param jobTypes the only job types wanted; empty: all
 * @see "WMS reference 10.4 and 10.6"
 */
public record ResourceDescription(
        SiteName site,
        Optional<String> platform,
        long cpuTime,
        Optional<String> gridCe,
        List<String> tags,
        List<String> requiredTags,
        int processors,
        int maxRam,
        boolean wholeNode,
        List<String> jobTypes,
        WantedWork wanted) {

    /** A tag that begins so is required by whatever offers it: it binds a pilot and a job to each other. */
    public static final String BINDING_TAG = "OnlyFor-";

    public ResourceDescription {
        tags = List.copyOf(tags);
        requiredTags = Stream.concat(requiredTags.stream(), tags.stream().filter(tag -> tag.startsWith(BINDING_TAG)))
                .distinct()
                .toList();
        jobTypes = List.copyOf(jobTypes);
    }
}
