/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

/** How many pilots a queue of a computing element holds. */
public record Occupancy(int waiting, int running) {}
