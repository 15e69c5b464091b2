/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Turns every failure into one form of answer: a problem document. */
@NullMarked
package org.diracee.web.error;

import org.jspecify.annotations.NullMarked;
