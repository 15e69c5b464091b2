/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

/** Hears how far a transfer is; called from the threads that move the bytes. */
@FunctionalInterface
public interface TransferProgress {

    /** Nobody listens. */
    TransferProgress NONE = (done, total) -> {};

    /** @param total 0 if it is not known */
    void moved(long done, long total);
}
