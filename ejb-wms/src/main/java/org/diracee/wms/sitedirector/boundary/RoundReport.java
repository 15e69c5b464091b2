/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

/**
 * What a round at a computing element did.
 *
 * @param submitted pilots that were taken
 * @param ended pilots whose end was noticed
 * @param failed pilots or steps that failed
 */
public record RoundReport(int submitted, int ended, int failed) {

    public static final RoundReport NOTHING = new RoundReport(0, 0, 0);

    public RoundReport plus(RoundReport other) {
        return new RoundReport(submitted + other.submitted, ended + other.ended, failed + other.failed);
    }
}
