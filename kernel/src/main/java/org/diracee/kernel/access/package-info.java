/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Who calls: the caller, its properties, and the declaration of what a service method requires. */
@NullMarked
package org.diracee.kernel.access;

import org.jspecify.annotations.NullMarked;
