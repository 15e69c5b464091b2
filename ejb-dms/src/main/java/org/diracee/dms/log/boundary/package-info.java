/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The messages of data management for operators. */
@NullMarked
package org.diracee.dms.log.boundary;

import org.jspecify.annotations.NullMarked;
