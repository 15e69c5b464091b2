/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The routes: DiracX's where it has one, ours beside them in the same style. */
@NullMarked
package org.diracee.web.api;

import org.jspecify.annotations.NullMarked;
