/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every request passes before a resource: its id, the check of the client's version. */
@NullMarked
package org.diracee.web.http;

import org.jspecify.annotations.NullMarked;
