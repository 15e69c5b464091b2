/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Proxy certificates that users entrust to the server. */
@NullMarked
package org.diracee.web.proxies;

import org.jspecify.annotations.NullMarked;
