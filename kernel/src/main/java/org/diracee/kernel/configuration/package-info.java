/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The immutable snapshot of the configuration that rules are fed from. */
@NullMarked
package org.diracee.kernel.configuration;

import org.jspecify.annotations.NullMarked;
