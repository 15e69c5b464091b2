/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.diracee.pilot.slot.CpuPower;
import org.diracee.pilot.slot.Gpus;

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
        int processors,
        Gpus gpus,
        CpuPower cpuPower) {

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
        gpus.description().ifPresent(found -> parameters.put("GPUModelName", found));
        return parameters;
    }

    /** The parameters that follow from the CPU time that a job used; none if the processor's power is not known yet. */
    Map<String, Object> normalised(Duration cpu) {
        OptionalDouble power = cpuPower.power();
        return power.isEmpty()
                ? Map.of()
                : Map.of(
                        "CPUNormalizationFactor",
                        Math.round(power.getAsDouble() * 10) / 10.0,
                        "NormCPUTime(s)",
                        Math.round(cpu.toMillis() * power.getAsDouble() / 1000));
    }
}
