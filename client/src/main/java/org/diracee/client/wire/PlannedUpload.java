/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * Answer: how a file is to be uploaded.
 *
 * @param id of the operation, to be committed; of a file that is registered already none, and there is nothing to do
 * @param access how to send the bytes
 * @param deadline until when it must be committed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PlannedUpload(Optional<Long> id, String se, Optional<DataAccess> access, Optional<Instant> deadline) {}
