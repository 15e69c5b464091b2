/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.List;

/**
 * A description that was found valid, and the jobs it makes.
 *
 * @param description the text to store once for all its jobs; {@link JobText} reads it
 * @param jobs in the order of the sweep; exactly one without a sweep
 * @param inputSandboxes the uploaded input sandboxes ({@code SB:...}) that its jobs name, each once
 * @param warnings sentences for the user: attributes that have no effect, and the like
 */
public record ExpandedDescription(
        String description, List<ExpandedJob> jobs, List<String> inputSandboxes, List<String> warnings) {

    public ExpandedDescription {
        jobs = List.copyOf(jobs);
        inputSandboxes = List.copyOf(inputSandboxes);
        warnings = List.copyOf(warnings);
    }
}
