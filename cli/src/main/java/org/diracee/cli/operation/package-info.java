/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Operations: work on many jobs that goes on at the server. */
@NullMarked
package org.diracee.cli.operation;

import org.jspecify.annotations.NullMarked;
