/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands on proxy certificates, on this machine and at the server. */
@NullMarked
package org.diracee.cli.proxy;

import org.jspecify.annotations.NullMarked;
