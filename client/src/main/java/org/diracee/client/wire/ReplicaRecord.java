/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** A replica of a file at a storage element. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplicaRecord(String se, String status, boolean master, Optional<String> pfn) {}
