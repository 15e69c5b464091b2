/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** That a pilot is new, came into a status or to another place, or told something new about its status. */
public record PilotChange(
        @JsonProperty("PilotStamp") String pilotStamp,
        @JsonProperty("Status") String status,
        @JsonProperty("StatusReason") String statusReason,
        @JsonProperty("Time") Instant time,
        @JsonProperty("GridSite") String gridSite,
        @JsonProperty("DestinationSite") String destinationSite,
        @JsonProperty("VO") String vo) {}
