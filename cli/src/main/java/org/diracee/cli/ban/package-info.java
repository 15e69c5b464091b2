/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands that keep jobs and pilots from sites and computing elements. */
@NullMarked
package org.diracee.cli.ban;

import org.jspecify.annotations.NullMarked;
