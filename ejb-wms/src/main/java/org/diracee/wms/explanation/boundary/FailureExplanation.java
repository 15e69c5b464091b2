/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.util.List;

/**
 * Why a job has failed or was killed.
 *
 * @param meaning what has happened, as half a sentence
 * @param source where the rule that says so comes from
 * @param evidence what it was concluded from, and what else is known
 */
public record FailureExplanation(FailureCause cause, String meaning, String source, List<String> evidence) {

    public FailureExplanation {
        evidence = List.copyOf(evidence);
    }
}
