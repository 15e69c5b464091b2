/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

/**
 * A pilot has ended and is to be accounted. Fired once for each, in the transaction that notes so: an observer in the transaction
 * writes with it or not at all, and its failure lets the pilot come again.
 *
 * @param jobs that it was handed and that are known still
 */
public record PilotFinished(PilotView pilot, long jobs) {}
