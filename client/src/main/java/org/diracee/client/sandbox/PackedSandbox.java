/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import java.nio.file.Path;

/**
 * An archive that is ready for upload.
 *
 * @param sha256 of the archive, 64 lower-case hexadecimal digits
 * @param size of the archive in bytes
 */
public record PackedSandbox(Path archive, String sha256, long size) {

    /** The format's name as the sandbox routes want it. */
    public static final String FORMAT = "tar.zst";
}
