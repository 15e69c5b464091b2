/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is done with files at storage elements and in the catalogue together: uploads, downloads, replications, removals and checks. */
@NullMarked
package org.diracee.dms.data.boundary;

import org.jspecify.annotations.NullMarked;
