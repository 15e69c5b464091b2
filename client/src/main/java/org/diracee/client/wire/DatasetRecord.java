/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A query that is kept in a directory.
 *
 * @param path the directory that it looks in
 * @param status {@code Dynamic}: what the query finds; {@code Frozen}: what it found when it was frozen
 * @param figures what was counted last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DatasetRecord(
        String lfn,
        Map<String, Object> query,
        String path,
        String status,
        String owner,
        String group,
        DatasetFigures figures,
        Optional<String> annotation,
        Instant created,
        Instant modified) {

    /**
     * How much there is.
     *
     * @param hash upper-case MD5 of the sorted LFNs, each with a line feed
     */
    public record DatasetFigures(long files, long bytes, String hash) {}
}
