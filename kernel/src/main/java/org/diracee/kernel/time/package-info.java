/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The one clock's precision. */
@NullMarked
package org.diracee.kernel.time;

import org.jspecify.annotations.NullMarked;
