/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.Set;

/**
 * What a VO allows in job descriptions.
 *
 * @param maxInputData files that a job of type User may name
 * @param maxJobs jobs that one request may submit
 * @param resources what the jobs can ask for
 * @param paths which optimizers they go through
 */
public record DescriptionLimits(
        Bounds cpuTime,
        Bounds priority,
        Bounds processors,
        Set<String> jobTypes,
        int maxInputData,
        int maxJobs,
        KnownResources resources,
        JobPaths paths) {

    public DescriptionLimits {
        jobTypes = Set.copyOf(jobTypes);
    }

    /** A range of whole numbers, both ends included, and the value that stands if none is given. */
    public record Bounds(long min, long max, long standard) {

        public Bounds {
            if (min > max) {
                throw new IllegalArgumentException(min + " is above " + max);
            }
        }

        boolean contain(long value) {
            return min <= value && value <= max;
        }

        String words() {
            return "a whole number from " + min + " to " + max;
        }
    }
}
