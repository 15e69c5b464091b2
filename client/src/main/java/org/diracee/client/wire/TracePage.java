/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Who is behind a job, or behind what came from a worker node.
 *
 * @param attempts those that this page knows of; the next may have more tokens of the same
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TracePage(List<JobTrace> attempts, Optional<String> next) {
    public TracePage {
        attempts = List.copyOf(attempts);
    }
}
