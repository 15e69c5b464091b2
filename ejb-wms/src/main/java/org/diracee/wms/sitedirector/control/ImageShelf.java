/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Keeps packed images for all nodes: whichever a pilot reaches, long after it was sent, has its image. */
public interface ImageShelf {

    /**
     * Keeps the archive whole, or notes that it is used yet; those that were not used for a month go.
     *
     * @throws ComputingElementFailure if it cannot be read
     */
    void keep(String sha256, Path archive);

    boolean has(String sha256);

    /** Writes the archive with this checksum; nothing if there is none. */
    void fetch(String sha256, OutputStream target) throws IOException;
}
