/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The ways of speaking to storage elements. */
@NullMarked
package org.diracee.dms.storage.gateway;

import org.jspecify.annotations.NullMarked;
