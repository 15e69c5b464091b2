/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Request: register uploads whose bytes have been sent. */
public record CommitUploads(
        @NotNull @Size(min = 1, max = 100) List<@NotNull Long> ids) {}
