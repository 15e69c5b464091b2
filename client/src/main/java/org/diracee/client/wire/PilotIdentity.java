/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whom the server takes a pilot for. */
public record PilotIdentity(
        String sub, String vo, @JsonProperty("pilot_stamp") String stamp) {}
