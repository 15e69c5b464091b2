/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The commands that show and test sites and computing elements. */
@NullMarked
package org.diracee.cli.resource;

import org.jspecify.annotations.NullMarked;
