/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which optimizers jobs go through. JobPath and JobSanity come first and JobScheduling last in every path; a path decides whether
 * InputData stands between them.
 *
 * @param configured the paths of types of jobs that have one of their own
 * @param dataProcessing the types whose input data is chosen where it lies, by who submits them
 * @see "WMS reference 9"
 */
public record JobPaths(Map<String, List<String>> configured, Set<String> dataProcessing) {

    /** The optimizer that looks for the replicas of a job's input data. */
    public static final String INPUT_DATA = "InputData";
    /** The optimizers that a path may name. */
    public static final List<String> OPTIMIZERS = List.of("JobPath", "JobSanity", INPUT_DATA, "JobScheduling");

    public JobPaths {
        Map<String, List<String>> copies = new HashMap<>();
        configured.forEach((type, path) -> copies.put(type, List.copyOf(path)));
        configured = Map.copyOf(copies);
        dataProcessing = Set.copyOf(dataProcessing);
    }

    /**
     * Tells whether the input data of a job decides where it runs.
     *
     * @param ownPath what the job's description says, which goes before its type's path; empty if it says nothing
     */
    boolean asksForFiles(String jobType, List<String> ownPath, boolean dataSchedulingDisabled) {
        if (dataSchedulingDisabled) {
            return false;
        }
        List<String> path = ownPath.isEmpty() ? configured.getOrDefault(jobType, List.of()) : ownPath;
        return path.isEmpty() ? !dataProcessing.contains(jobType) : path.contains(INPUT_DATA);
    }
}
