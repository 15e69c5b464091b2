/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import org.diracee.wms.sandbox.boundary.PresignedTransfer;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/** A store that clients reach themselves, by links that this server signs. Signing calls nobody. */
public interface PresigningStorage extends SandboxStorage {

    /** Leave to put an archive of exactly this size and of the name's checksum under the name. */
    PresignedTransfer upload(SandboxPfn pfn, long size);

    /** Leave to fetch what is under the name. */
    PresignedTransfer download(SandboxPfn pfn);
}
