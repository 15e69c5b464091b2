/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.List;

/**
 * A description found valid, with all that it makes.
 *
 * @param jobs in the order of the sweep; one job without a sweep
 * @param sandboxes the uploaded input sandboxes that its jobs name, each once
 * @param warnings what the user should know although it is no error
 */
public record ReadDescription(
        StoredDescription stored, List<JobFacts> jobs, List<String> sandboxes, List<String> warnings) {

    public ReadDescription {
        jobs = List.copyOf(jobs);
        sandboxes = List.copyOf(sandboxes);
        warnings = List.copyOf(warnings);
    }
}
