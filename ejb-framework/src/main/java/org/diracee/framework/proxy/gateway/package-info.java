/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** VOMS servers. */
@NullMarked
package org.diracee.framework.proxy.gateway;

import org.jspecify.annotations.NullMarked;
