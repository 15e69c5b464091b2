/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Makes a stored sandbox the output of a job; on the wire a bare JSON string, the PFN. */
public record AssignOutputSandbox(@JsonValue String pfn) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AssignOutputSandbox {}
}
