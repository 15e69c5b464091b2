/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the optimizers ask of data management. */
@NullMarked
package org.diracee.wms.optimizer.gateway;

import org.jspecify.annotations.NullMarked;
