/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Answer: where a file can be read, the best place first.
 *
 * @param size in bytes
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FoundDownload(
        long size, Optional<String> adler32, Optional<String> sha256, UUID guid, List<Source> sources) {

    public FoundDownload {
        sources = List.copyOf(sources);
    }

    /** One replica. */
    public record Source(String se, DataAccess access) {}
}
