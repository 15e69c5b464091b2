/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.io.IOException;
import java.io.InputStream;

/** A stored archive, open for reading; the reader closes what it opens. */
public interface StoredSandbox {

    SandboxPfn pfn();

    /** In bytes. */
    long size();

    /**
     * Opens the content at a position.
     *
     * @param from 0 to the size
     */
    InputStream read(long from) throws IOException;
}
