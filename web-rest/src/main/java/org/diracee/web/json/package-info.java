/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reading and writing bodies within their limits: JSON with the one shared mapper, and forms. */
@NullMarked
package org.diracee.web.json;

import org.jspecify.annotations.NullMarked;
