/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Commands on the configuration: reading it, its history, and changing it. */
@NullMarked
package org.diracee.cli.configuration;

import org.jspecify.annotations.NullMarked;
