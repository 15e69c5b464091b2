/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.diracee.wms.taskqueue.control.ShareCorrection.Slice;
import org.junit.jupiter.api.Test;

class ShareCorrectionTest {

    private static final Map<String, Double> SHARES = Map.of("a", 3000.0, "b", 2000.0, "c", 1000.0);

    private static void assertShares(Map<String, Double> shares, double a, double b, double c) {
        assertThat(shares.get("a")).as("a").isCloseTo(a, within(0.05));
        assertThat(shares.get("b")).as("b").isCloseTo(b, within(0.05));
        assertThat(shares.get("c")).as("c").isCloseTo(c, within(0.05));
    }

    @Test
    void multipliesByEntitlementOverUsageWithinTheBound() {
        // entitled to 1/2, 1/3, 1/6; used 0.6, 0.1, 0.3: factors 5/6, 10/3 (bounded: 3), 5/9
        // 2500 + 6000 + 555.6 = 9055.6, scaled to 6000
        ShareCorrection correction =
                new ShareCorrection(List.of(new Slice(1, 3, Map.of("a", 60.0, "b", 10.0, "c", 30.0))), 5);
        assertShares(correction.corrected(SHARES), 1656.44, 3975.46, 368.10);
    }

    @Test
    void leavesSharesThatWereUsedAsEntitled() {
        ShareCorrection correction =
                new ShareCorrection(List.of(new Slice(1, 3, Map.of("a", 30.0, "b", 20.0, "c", 10.0))), 5);
        assertShares(correction.corrected(SHARES), 3000, 2000, 1000);
    }

    @Test
    void givesTheMostToThoseWhoHadNothing() {
        // factors: a 0.5 / 1 = 1/2, b and c 3: 1500 + 6000 + 3000 = 10500, scaled to 6000
        ShareCorrection correction = new ShareCorrection(List.of(new Slice(1, 3, Map.of("a", 5.0))), 5);
        assertShares(correction.corrected(SHARES), 857.14, 3428.57, 1714.29);
    }

    @Test
    void changesNothingAsLongAsNobodyUsedAnything() {
        assertShares(new ShareCorrection(List.of(new Slice(1, 3, Map.of())), 5).corrected(SHARES), 3000, 2000, 1000);
    }

    @Test
    void addsSlicesByTheirWeightAndBoundsTheSum() {
        // slice 1, weight 3 of 4: a 1/2, b and c 4; slice 2, weight 1 of 4: as entitled, all 1
        // factors: a 0.625, b and c 3.25 (bounded: 2): 1875 + 4000 + 2000 = 7875, scaled to 6000
        ShareCorrection correction = new ShareCorrection(
                List.of(new Slice(3, 4, Map.of("a", 5.0)), new Slice(1, 4, Map.of("a", 30.0, "b", 20.0, "c", 10.0))),
                2);
        assertShares(correction.corrected(SHARES), 1428.57, 3047.62, 1523.81);
    }

    @Test
    void looksOnlyAtThoseWhoHaveAShareNow() {
        ShareCorrection correction = new ShareCorrection(
                List.of(new Slice(1, 3, Map.of("a", 30.0, "b", 20.0, "c", 10.0, "gone", 1000.0))), 5);
        assertShares(correction.corrected(SHARES), 3000, 2000, 1000);
    }

    @Test
    void leavesThoseWithoutAShareWithoutOne() {
        ShareCorrection correction = new ShareCorrection(List.of(new Slice(1, 3, Map.of("a", 30.0))), 5);
        assertThat(correction.corrected(Map.of("a", 10.0, "none", 0.0))).isEqualTo(Map.of("a", 10.0, "none", 0.0));
        assertThat(correction.corrected(Map.of("none", 0.0))).isEqualTo(Map.of("none", 0.0));
    }
}
