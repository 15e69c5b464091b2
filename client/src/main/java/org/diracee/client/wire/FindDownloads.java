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
 * Request: where files can be read.
 *
 * @param site where the reader is; what is near it comes first
 */
public record FindDownloads(
        @NotNull @Size(min = 1, max = 100) List<@NotNull String> lfns, Optional<String> site) {}
