/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The one family of errors and the one table of their codes. */
@NullMarked
package org.diracee.kernel.error;

import org.jspecify.annotations.NullMarked;
