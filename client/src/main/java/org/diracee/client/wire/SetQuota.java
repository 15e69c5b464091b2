/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * Bounds how many files and bytes there may be.
 *
 * @param kind {@code vo}, {@code group}, {@code user} or {@code directory}
 * @param name of that; of a directory its LFN
 * @param files any number if absent
 * @param bytes of the files, each counted once; any number if absent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SetQuota(@NotNull String kind, @NotNull String name, Optional<Long> files, Optional<Long> bytes) {}
