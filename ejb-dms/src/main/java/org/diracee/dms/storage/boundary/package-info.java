/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Storage elements: what lies there, and the bytes on their way. */
@NullMarked
package org.diracee.dms.storage.boundary;

import org.jspecify.annotations.NullMarked;
