/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.util.Arrays;
import java.util.Optional;

/** How a sandbox is packed; the wire text is also the end of its file name. */
public enum SandboxFormat {
    TAR_ZST("tar.zst", "application/zstd"),
    TAR_BZ2("tar.bz2", "application/x-bzip2");

    private final String wireName;
    private final String mediaType;

    SandboxFormat(String wireName, String mediaType) {
        this.wireName = wireName;
        this.mediaType = mediaType;
    }

    public String wireName() {
        return wireName;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<SandboxFormat> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(format -> format.wireName.equals(name))
                .findFirst();
    }
}
