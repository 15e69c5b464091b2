/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands on storage elements. */
@NullMarked
package org.diracee.cli.storage;

import org.jspecify.annotations.NullMarked;
