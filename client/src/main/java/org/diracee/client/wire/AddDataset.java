/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;

/**
 * A query to be kept as a dataset.
 *
 * @param query as in {@link FindByMetadata}
 * @param path the directory to look in; the VO's unless given
 */
public record AddDataset(@NotNull Map<String, @NotNull Object> query, Optional<String> path) {}
