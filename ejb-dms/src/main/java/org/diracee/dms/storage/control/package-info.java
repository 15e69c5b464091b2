/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What storage elements there are, and the port to the ways of speaking to them. */
@NullMarked
package org.diracee.dms.storage.control;

import org.jspecify.annotations.NullMarked;
