/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */

@NullMarked
package org.diracee.wms.optimizer.control;

import org.jspecify.annotations.NullMarked;
