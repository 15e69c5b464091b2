/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Storage elements over HTTP, and the bytes of our own. */
@NullMarked
package org.diracee.web.storage;

import org.jspecify.annotations.NullMarked;
