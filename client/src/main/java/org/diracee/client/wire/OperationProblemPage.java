/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Problems of an operation, in the order of the jobs.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OperationProblemPage(List<OperationProblem> problems, Optional<String> next) {
    public OperationProblemPage {
        problems = List.copyOf(problems);
    }
}
