/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reads the job log in the order of its transactions. */
@NullMarked
package org.diracee.wms.feed.entity;

import org.jspecify.annotations.NullMarked;
