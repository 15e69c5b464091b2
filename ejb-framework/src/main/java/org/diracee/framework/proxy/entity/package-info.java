/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Stored proxies and the requests for them. */
@NullMarked
package org.diracee.framework.proxy.entity;

import org.jspecify.annotations.NullMarked;
