/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Where this server calls: the guard against addresses that only it can reach. */
@NullMarked
package org.diracee.framework.outbound.boundary;

import org.jspecify.annotations.NullMarked;
