/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * How the pilots of a site or computing element fare.
 *
 * @param computingElement absent for a whole site
 * @param counts pilots by status
 * @param doneEmpty done without having run a job
 * @param abortedHour aborted within the last hour
 * @param pilotsPerJob done pilots for each of them that ran a job
 * @param efficiency percent of the pilots that were not aborted
 * @param status Bad, Poor, Fair, Good, or Idle with ten pilots or fewer
 * @param inMask false if the site is suspended
 */
public record PilotEfficiency(
        @JsonProperty("Site") String site,
        @JsonProperty("CE") Optional<String> computingElement,
        @JsonProperty("Counts") Map<String, Long> counts,
        @JsonProperty("Done_Empty") long doneEmpty,
        @JsonProperty("Aborted_Hour") long abortedHour,
        @JsonProperty("Total") long total,
        @JsonProperty("PilotsPerJob") double pilotsPerJob,
        @JsonProperty("PilotJobEff") double efficiency,
        @JsonProperty("Status") String status,
        @JsonProperty("InMask") boolean inMask) {}
