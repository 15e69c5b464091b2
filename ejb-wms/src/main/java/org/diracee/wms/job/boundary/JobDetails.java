/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;

/**
 * One job as its readers see it.
 *
 * @param columns values by DIRAC's names of the columns; a time that has not come yet is empty
 * @param attempt hand-outs so far
 * @param pilot the pilot that holds or held the current attempt
 * @param parameters job parameters by name
 * @param warnings what the description asks for and nothing acts on yet
 */
public record JobDetails(
        JobId id,
        Map<String, Optional<Object>> columns,
        int attempt,
        Optional<PilotStamp> pilot,
        Map<String, String> parameters,
        List<String> warnings) {

    public JobDetails {
        warnings = List.copyOf(warnings);
    }
}
