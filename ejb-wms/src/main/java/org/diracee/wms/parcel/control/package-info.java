/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads what comes back with parcels.
 */
@NullMarked
package org.diracee.wms.parcel.control;

import org.jspecify.annotations.NullMarked;
