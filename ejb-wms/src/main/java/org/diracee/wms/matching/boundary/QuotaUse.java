/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

/**
 * How many jobs of somebody pilots have.
 *
 * @param whose in words: of which VO, group or user
 * @param jobs as this node counts them
 * @param most how many they may be
 * @param option where that is written
 */
public record QuotaUse(String whose, int jobs, int most, String option) {

    /** Whether no more are handed out for now. */
    public boolean isReached() {
        return jobs >= most;
    }
}
