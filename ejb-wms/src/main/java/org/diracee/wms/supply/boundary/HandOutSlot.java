/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.supply.boundary;

import java.time.Instant;

/** Some minutes in which jobs of a task queue were handed out. */
public record HandOutSlot(long queue, Instant begin) {}
