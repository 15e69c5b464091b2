/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

/** Bytes that arrived whole and are durable; closing it without {@link #publish} throws them away. */
public interface ArrivedSandbox extends AutoCloseable {

    /** Makes the bytes visible under their name, durably. If the name is taken it holds the same bytes already. */
    void publish();

    @Override
    void close();
}
