/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import java.io.IOException;
import java.io.OutputStream;

/** What the pilot of a parcel left at its computing element, file by file. */
public interface ParcelResults {

    /**
     * Copies a file.
     *
     * @param most bytes
     * @return false if there is none of this name, or it has more bytes
     * @throws IOException if the target cannot be written
     * @throws org.diracee.kernel.error.DiracException if that cannot be told for now
     */
    boolean fetch(String name, long most, OutputStream target) throws IOException;
}
