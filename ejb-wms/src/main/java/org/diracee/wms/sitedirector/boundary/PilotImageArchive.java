/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pilot's image as a compressed tar.
 *
 * @param sha256 of the archive, which never changes
 * @param size in bytes
 */
public record PilotImageArchive(String sha256, long size, Path file) {

    /** Opens it; the reader closes it. */
    public InputStream read() throws IOException {
        return Files.newInputStream(file);
    }
}
