/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rows of parcels.
 */
@NullMarked
package org.diracee.wms.parcel.entity;

import org.jspecify.annotations.NullMarked;
