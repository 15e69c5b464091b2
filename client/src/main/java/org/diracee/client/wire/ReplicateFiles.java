/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/**
 * Request: copy files to a storage element and register them there.
 *
 * @param source to copy from; unless given any good replica
 * @param move whether the source is removed afterwards
 */
public record ReplicateFiles(
        @NotNull @Size(min = 1, max = 100) List<@NotNull String> lfns,
        @NotNull String se,
        Optional<String> source,
        Optional<Boolean> move) {}
