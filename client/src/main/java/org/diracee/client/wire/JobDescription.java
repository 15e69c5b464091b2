/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The text that describes a job. */
public record JobDescription(@JsonProperty("JDL") String jdl) {}
