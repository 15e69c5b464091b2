/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Proxy certificates: reads them, makes them, signs them for others. Bouncy Castle does the encoding; who uses this package brings it
 * along, the server as a module and the command line as a library.
 */
@NullMarked
package org.diracee.kernel.proxy;

import org.jspecify.annotations.NullMarked;
