/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.nio.file.Path;

/**
 * A pilot's image as an archive.
 *
 * @param sha256 of the archive
 * @param contents of what is in it, as {@link PilotImage#contents} says
 */
record PackedImage(Path file, String sha256, String contents) {}
