/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A session that can be prolonged, as its refresh token stands for it. */
public record SessionRow(
        @JsonProperty("JTI") String jti,
        @JsonProperty("Status") String status,
        @JsonProperty("Scope") String scope,
        @JsonProperty("Sub") String sub) {}
