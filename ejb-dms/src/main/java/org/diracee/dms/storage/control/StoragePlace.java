/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * A file or directory at an endpoint.
 *
 * @param vo for which we ask; its credentials and its path count
 * @param path absolute, {@code Path} or {@code VOPath} of the endpoint and then the LFN
 */
public record StoragePlace(StorageEndpoint endpoint, VoName vo, Lfn lfn, String path) {

    /** As messages name it. */
    @Override
    public String toString() {
        return lfn + " at " + endpoint;
    }
}
