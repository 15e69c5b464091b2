/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a file on their way from a storage element; whoever opened it closes it.
 *
 * @param size of the whole file, in bytes
 */
public record StorageContent(InputStream content, long size) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        content.close();
    }
}
