/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Pages of lists and results of bulk calls. */
@NullMarked
package org.diracee.kernel.paging;

import org.jspecify.annotations.NullMarked;
