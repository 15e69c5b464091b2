/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A sign of life of a running job, with what its watchdog measured.
 *
 * @param memoryUsed kilobytes of resident memory
 * @param vsize kilobytes of virtual memory
 * @param availableDiskSpace megabytes
 * @param cpuConsumed seconds
 * @param wallClockTime seconds
 * @param standardOutput the last lines of the payload's standard output
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SendHeartbeat(
        @JsonProperty("LoadAverage") Optional<Double> loadAverage,
        @JsonProperty("MemoryUsed") Optional<Double> memoryUsed,
        @JsonProperty("Vsize") Optional<Double> vsize,
        @JsonProperty("AvailableDiskSpace") Optional<Double> availableDiskSpace,
        @JsonProperty("CPUConsumed") Optional<Double> cpuConsumed,
        @JsonProperty("WallClockTime") Optional<Double> wallClockTime,
        @JsonProperty("StandardOutput") Optional<String> standardOutput) {}
