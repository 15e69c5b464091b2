/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is kept in memory of the change feed. */
@NullMarked
package org.diracee.wms.feed.control;

import org.jspecify.annotations.NullMarked;
