/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * What a running job's watchdog measured.
 *
 * @param memoryUsed kilobytes of resident memory
 * @param vsize kilobytes of virtual memory
 * @param availableDiskSpace megabytes
 * @param cpuConsumed seconds
 * @param wallClockTime seconds
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobHeartbeat(
        @JsonProperty("HeartBeatTime") Instant heartBeatTime,
        @JsonProperty("LoadAverage") Optional<Double> loadAverage,
        @JsonProperty("MemoryUsed") Optional<Double> memoryUsed,
        @JsonProperty("Vsize") Optional<Double> vsize,
        @JsonProperty("AvailableDiskSpace") Optional<Double> availableDiskSpace,
        @JsonProperty("CPUConsumed") Optional<Double> cpuConsumed,
        @JsonProperty("WallClockTime") Optional<Double> wallClockTime) {}
