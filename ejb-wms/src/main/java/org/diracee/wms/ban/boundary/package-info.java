/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Bans: which sites and computing elements get no more jobs and pilots for a while, on every node within seconds, and who said so. */
@NullMarked
package org.diracee.wms.ban.boundary;

import org.jspecify.annotations.NullMarked;
