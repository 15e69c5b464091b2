/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Uploads, downloads and other operations on data over HTTP. */
@NullMarked
package org.diracee.web.data;

import org.jspecify.annotations.NullMarked;
