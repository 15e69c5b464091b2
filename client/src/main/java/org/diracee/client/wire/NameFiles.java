/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Names files or directories of the catalogue. */
public record NameFiles(@NotNull @Size(min = 1, max = 1000) List<@NotNull String> lfns) {}
