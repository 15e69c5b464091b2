/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The table of the bans. */
@NullMarked
package org.diracee.wms.ban.entity;

import org.jspecify.annotations.NullMarked;
