/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * Adds a replica of a file.
 *
 * @param se name of the storage element
 * @param pfn its name there, if that is not the LFN below the storage element's path
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AddReplica(@NotNull String se, Optional<String> pfn) {}
