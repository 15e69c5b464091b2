/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Announces the archive of a sandbox before it is sent.
 *
 * @param checksum SHA-256 of the archive, 64 lower-case hexadecimal digits
 * @param size of the archive in bytes
 * @see "DiracX REST reference 8"
 */
public record AnnounceSandbox(
        @JsonProperty("checksum_algorithm") @NotNull @Pattern(regexp = "sha256")
        String checksumAlgorithm,

        @NotNull @Pattern(regexp = "[0-9a-f]{64}") String checksum,
        @Min(1) long size,
        @NotNull @Pattern(regexp = "tar\\.zst|tar\\.bz2") String format) {}
