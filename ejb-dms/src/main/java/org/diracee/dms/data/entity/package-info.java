/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Operations on data as stored. */
@NullMarked
package org.diracee.dms.data.entity;

import org.jspecify.annotations.NullMarked;
