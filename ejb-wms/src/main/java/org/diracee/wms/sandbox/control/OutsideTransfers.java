/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import java.nio.file.Path;
import org.diracee.wms.sandbox.boundary.PresignedTransfer;

/** Moves bytes between this server and a store outside by links that the store checks. A store that is away throws {@link StoreAway}. */
public interface OutsideTransfers {

    void download(PresignedTransfer link, Path target);

    void upload(PresignedTransfer form, Path archive);
}
