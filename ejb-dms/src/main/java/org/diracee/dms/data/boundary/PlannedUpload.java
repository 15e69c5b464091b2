/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.kernel.value.SeName;

/**
 * How a file is to be uploaded.
 *
 * @param id of the operation; empty if the file is there already, and nothing is to be done
 * @param access by which the client writes at the storage element itself; empty: the bytes go through this server
 * @param deadline until when it must be committed
 */
public record PlannedUpload(OptionalLong id, SeName se, Optional<ClientAccess> access, Optional<Instant> deadline) {}
