/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The routes of jobs but those of their sandboxes.
 *
 * @see "DiracX REST reference 6 and 7"
 */
@NullMarked
package org.diracee.web.jobs;

import org.jspecify.annotations.NullMarked;
