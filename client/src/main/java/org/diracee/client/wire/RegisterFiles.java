/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Registers files with their replicas in the catalogue. */
public record RegisterFiles(
        @NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid RegisterFile> files) {

    /**
     * One of them.
     *
     * @param size in bytes; at most what every JSON reader keeps exactly
     * @param mode three octal digits
     * @param replicas the first is the master
     * @param ancestors LFNs of files that it was made of
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RegisterFile(
            @NotNull String lfn,
            @Min(0) @Max(9007199254740992L) long size,
            Optional<String> adler32,
            Optional<String> sha256,
            Optional<UUID> guid,
            Optional<String> mode,

            @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid AddReplica> replicas,

            @Size(max = 100) List<@NotNull String> ancestors) {
        public RegisterFile {
            ancestors = ancestors == null ? List.of() : ancestors;
        }
    }
}
