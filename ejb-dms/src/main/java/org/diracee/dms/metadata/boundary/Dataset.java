/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.Lfn;

/**
 * A query that is kept under a name in a directory, with what it found when it was last counted.
 *
 * @param path the directory that it looks in
 * @param frozen whether it holds the files that it found when it was frozen, whatever the query would find now
 * @see "DMS reference 3.8"
 */
public record Dataset(
        Lfn lfn,
        MetadataQuery query,
        Lfn path,
        boolean frozen,
        String owner,
        String group,
        Figures figures,
        Optional<String> annotation,
        Instant created,
        Instant modified) {

    /**
     * How much there is.
     *
     * @param bytes at most 2^63 - 1
     * @param hash upper-case MD5 of the LFNs in the order of their characters, each with a line feed
     */
    public record Figures(long files, long bytes, String hash) {}

    /** What a dataset was when it was last counted, and what it is now. */
    public record Check(Figures counted, Figures now) {}

    /**
     * A dataset to be made.
     *
     * @param path the directory that it looks in; the root stands for that of the VO
     */
    public record NewDataset(MetadataQuery query, Lfn path) {}
}
