/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A line found in the logs of pilots.
 *
 * @param sequence pass the last one as {@code after} to go on
 * @param timestamp by the pilot's clock
 * @param scope the part of the pilot that speaks
 */
public record FoundPilotLogLine(
        long sequence,
        @JsonProperty("pilot_stamp") String stamp,
        Instant timestamp,
        String severity,
        String scope,
        String message) {}
