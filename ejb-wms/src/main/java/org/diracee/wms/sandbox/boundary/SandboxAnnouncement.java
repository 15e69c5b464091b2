/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import org.diracee.kernel.value.InvalidValue;

/**
 * What a client says of an archive before it sends it.
 *
 * @param sha256 checksum of the archive, 64 lower-case hexadecimal digits
 * @param size of the archive in bytes, at least 1
 */
public record SandboxAnnouncement(String sha256, long size, SandboxFormat format) {

    /** @throws InvalidValue if the size is not positive */
    public SandboxAnnouncement {
        if (size < 1) {
            throw new InvalidValue("size of a sandbox", Long.toString(size), "1 byte or more");
        }
    }
}
