/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.Optional;

/**
 * Order to test queues by a real pilot with a real job each.
 *
 * @param ce of the site; all unless given
 * @param queue of the computing element; all unless given
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TestQueues(@NotBlank String site, Optional<String> ce, Optional<String> queue) {
    public TestQueues {
        ce = Objects.requireNonNullElse(ce, Optional.empty());
        queue = Objects.requireNonNullElse(queue, Optional.empty());
    }
}
