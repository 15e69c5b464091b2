/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.OptionalLong;

/**
 * What a job needs of a slot that others use beside it.
 *
 * @param processors at least
 * @param mostProcessors that it can use
 * @param wholeNode whether it wants the slot for itself
 * @param memoryBytes that it asks for
 * @param usesGpu whether it asks for a graphics processor
 */
public record JobNeeds(
        int processors, int mostProcessors, boolean wholeNode, OptionalLong memoryBytes, boolean usesGpu) {

    /** Reads a job's description; one that is broken needs nothing, for it will not run. */
    public static JobNeeds of(String jdl) {
        try {
            JobDescription job = JobDescription.parse(jdl);
            return new JobNeeds(
                    job.processors(), job.mostProcessors(), job.wholeNode(), job.memoryBytes(), job.usesGpu());
        } catch (JobFailure broken) {
            return new JobNeeds(1, 1, false, OptionalLong.empty(), false);
        }
    }
}
