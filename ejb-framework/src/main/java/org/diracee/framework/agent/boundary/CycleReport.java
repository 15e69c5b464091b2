/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

/**
 * What one cycle of an agent did.
 *
 * @param taken items that it found to do
 * @param done items done
 * @param failed items that failed, each alone
 */
public record CycleReport(int taken, int done, int failed) {

    public static final CycleReport NOTHING = new CycleReport(0, 0, 0);
}
