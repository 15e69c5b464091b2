/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The REST API: translates HTTP to calls of the services and back, nothing else. */
@NullMarked
package org.diracee.web;

import org.jspecify.annotations.NullMarked;
