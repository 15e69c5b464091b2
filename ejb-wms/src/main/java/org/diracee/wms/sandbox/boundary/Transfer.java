/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.time.Instant;

/** Leave to move the bytes of one sandbox one way; whoever has it needs no other credential. */
public sealed interface Transfer permits SignedTransfer, PresignedTransfer {

    /** The end of its validity, whole seconds. */
    Instant expires();
}
