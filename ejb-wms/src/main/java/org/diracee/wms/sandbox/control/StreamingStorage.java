/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.io.InputStream;
import java.util.Optional;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.StoredSandbox;

/** A store whose bytes pass through this server. */
public interface StreamingStorage extends SandboxStorage {

    /**
     * Takes the bytes in, without holding them in memory, checks size and checksum and makes them durable, not yet visible
     * under the name.
     *
     * @throws TransferTooLarge as soon as more than {@code size} bytes came
     * @throws TransferBroken if the stream failed, ended early or has another checksum than the name says; nothing is left
     */
    ArrivedSandbox receive(SandboxPfn pfn, long size, InputStream content);

    /** Opens what is stored under the name. */
    Optional<StoredSandbox> open(SandboxPfn pfn);
}
