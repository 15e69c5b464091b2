/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How operations on data go step by step, so that a crash between two steps leaves nothing astray. */
@NullMarked
package org.diracee.dms.data.control;

import org.jspecify.annotations.NullMarked;
