/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What clients may know of an installation before they log in. */
@NullMarked
package org.diracee.web.meta;

import org.jspecify.annotations.NullMarked;
