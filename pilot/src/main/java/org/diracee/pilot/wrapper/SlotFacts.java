/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a job's parameters and environment say of the slot that it ran in. */
public record SlotFacts(
        String pilotStamp,
        String site,
        String ce,
        String queue,
        String hostName,
        String processorModel,
        String localAccount,
        long memoryMegabytes,
        int processors) {

    /** The parameters that are known before the job begins; names as in DIRAC. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("Pilot_Reference", pilotStamp);
        parameters.put("HostName", hostName);
        parameters.put("ModelName", processorModel);
        parameters.put("LocalAccount", localAccount);
        parameters.put("GridCE", ce);
        parameters.put("CEQueue", queue);
        parameters.put("Memory(MB)", memoryMegabytes);
        return parameters;
    }
}
