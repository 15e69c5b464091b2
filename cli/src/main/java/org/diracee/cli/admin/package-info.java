/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands of those who run an installation. */
@NullMarked
package org.diracee.cli.admin;

import org.jspecify.annotations.NullMarked;
