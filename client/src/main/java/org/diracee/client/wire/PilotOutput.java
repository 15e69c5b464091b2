/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The ends of what a pilot wrote. */
public record PilotOutput(
        @JsonProperty("StdOut") String standardOutput,
        @JsonProperty("StdErr") String standardError) {}
