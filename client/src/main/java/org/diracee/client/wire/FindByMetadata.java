/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for what meets conditions on metadata.
 *
 * @param query by field a value, a list of which one is meant, {@code "Any"}, {@code "Missing"}, or an object of operators
 *     ({@code = != > < >= <= in nin})
 * @param path the directory to look in; the VO's unless given
 */
public record FindByMetadata(@NotNull Map<String, @NotNull Object> query, Optional<String> path) {}
