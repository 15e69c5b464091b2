/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Proxy certificates of users: delegated to the server without their keys travelling, stored sealed, handed out as new proxies. */
@NullMarked
package org.diracee.framework.proxy.boundary;

import org.jspecify.annotations.NullMarked;
