/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The configuration over HTTP: DiracX's view of it, its texts and history, and changing it. */
@NullMarked
package org.diracee.web.configuration;

import org.jspecify.annotations.NullMarked;
