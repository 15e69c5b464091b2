/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files that are whole and on disk, or not there. */
@NullMarked
package org.diracee.framework.files.boundary;

import org.jspecify.annotations.NullMarked;
