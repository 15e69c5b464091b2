/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import java.nio.file.Path;
import java.util.List;

/**
 * A job packed for a pilot that cannot reach the server.
 *
 * @param files of a directory of this node, which are the whole parcel; they hold no token and no other secret of ours
 */
public record Parcel(List<Path> files) {

    public Parcel {
        files = List.copyOf(files);
    }
}
