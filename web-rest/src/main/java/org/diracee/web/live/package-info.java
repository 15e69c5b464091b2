/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Lets clients follow jobs: by requests that wait, and by a stream of events. Neither holds a thread while nothing happens. */
@NullMarked
package org.diracee.web.live;

import org.jspecify.annotations.NullMarked;
