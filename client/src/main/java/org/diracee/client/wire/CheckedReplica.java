/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Answer: a replica of the catalogue beside what its storage element says.
 *
 * @param finding Good, Absent, OtherSize, OtherChecksum or Unknown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CheckedReplica(String se, String finding, Optional<String> detail) {}
