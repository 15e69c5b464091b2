/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.List;
import org.diracee.kernel.jdl.JdlRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps of one job beside the description that it shares with others.
 *
 * @param index position in the sweep, from 0
 * @param values the items of the sweep's sequences for this job as a record on one line, or null without a sweep
 * @param clientRef what the submitter calls the job, or empty
 * @param requirements the same object for all jobs that demand the same
 * @param soughtFiles the input data, without {@code LFN:}, whose replicas decide where the job may run; empty if none does
 */
public record JobFacts(
        int index,
        @Nullable String values,
        String jobName,
        String jobGroup,
        String clientRef,
        String jobType,
        int priority,
        String site,
        JdlRecord requirements,
        List<String> soughtFiles) {

    public JobFacts {
        soughtFiles = List.copyOf(soughtFiles);
    }
}
