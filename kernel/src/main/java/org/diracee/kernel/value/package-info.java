/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Values of the field that cannot be wrong: parsed at the edge, trusted inside. */
@NullMarked
package org.diracee.kernel.value;

import org.jspecify.annotations.NullMarked;
