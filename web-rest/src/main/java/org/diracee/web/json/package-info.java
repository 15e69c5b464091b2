/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reading and writing JSON bodies with the one shared mapper. */
@NullMarked
package org.diracee.web.json;

import org.jspecify.annotations.NullMarked;
