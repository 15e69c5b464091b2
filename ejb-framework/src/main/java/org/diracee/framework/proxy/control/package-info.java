/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Rules of what may be stored and what may be handed out. */
@NullMarked
package org.diracee.framework.proxy.control;

import org.jspecify.annotations.NullMarked;
