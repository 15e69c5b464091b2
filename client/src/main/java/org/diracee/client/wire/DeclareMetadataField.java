/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;

/**
 * Declares a field of metadata.
 *
 * @param target {@code directory} or {@code file}
 * @param type {@code int}, {@code float}, {@code string}, {@code date} or {@code metaset}
 */
public record DeclareMetadataField(
        @NotNull String name,
        @NotNull String target,
        @NotNull String type) {}
