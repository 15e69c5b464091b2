/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Files and directories of the catalogue, and what lies at storage elements. */
@NullMarked
package org.diracee.cli.data;

import org.jspecify.annotations.NullMarked;
