/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.util.List;

/** The sandboxes of one job, the newest first. */
public record JobSandboxes(List<SandboxPfn> input, List<SandboxPfn> output) {
    public JobSandboxes {
        input = List.copyOf(input);
        output = List.copyOf(output);
    }

    public List<SandboxPfn> of(SandboxKind kind) {
        return switch (kind) {
            case INPUT -> input;
            case OUTPUT -> output;
        };
    }
}
