/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The description of the API: made from the resources while the application is built, served as it is. */
@NullMarked
package org.diracee.web.openapi;

import org.jspecify.annotations.NullMarked;
