/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.nio.file.Path;
import java.util.Optional;

/** The pilot's images as archives that worker nodes fetch. */
public interface PilotImages {

    /**
     * The archive with this SHA-256, if it is that of an image which pilots are started from.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    Optional<Path> archive(String sha256);
}
