/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Request: announce files to be uploaded and registered. */
public record PlanUploads(@NotNull @Size(min = 1, max = 100) List<@NotNull @Valid PlanUpload> files) {

    /**
     * One of them.
     *
     * @param se the storage element; unless given the first of the VO's that takes it
     * @param size in bytes; at most what every JSON reader keeps exactly
     */
    public record PlanUpload(
            @NotNull String lfn,
            Optional<String> se,
            @Min(0) @Max(9007199254740992L) long size,
            Optional<String> adler32,
            Optional<String> sha256,
            Optional<UUID> guid) {}
}
